using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace ClosedLoop.Operations.Tests.Browser;

/// <summary>What an operator presses, in a real browser against the running service.</summary>
[Collection(DemonstrationCollection.Name)]
public sealed partial class ActionTests(Demonstration demonstration)
{
    private static int _stamp = 10;

    [BrowserFact]
    public async Task A_file_that_was_refused_needs_attention_and_can_be_tried_again_and_discarded()
    {
        var name = NextName();
        demonstration.Drop(name, "this is no file of recipients\n");
        var page = await demonstration.OpenAsync();
        await page.GotoAsync("/");

        // The page is not loaded again by anybody: it notices by itself.
        var item = page.Locator(".attention li", new PageLocatorOptions { HasText = name });
        await item.WaitForAsync();
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Demonstration.Pictures, "overview-attention.png"), FullPage = true });
        await item.GetByRole(AriaRole.Link).First.ClickAsync();
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = name }).WaitForAsync();
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Demonstration.Pictures, "file-refused.png"), FullPage = true });

        await PressAsync(page, "Try again", reason: null);
        await Eventually.ThatAsync("file refused again", async () => (await FileAsync(name)).GetProperty("state").GetString() == "failedImport");
        await page.GotoAsync("/files/" + (await FileAsync(name)).GetProperty("id").GetInt64().ToString(CultureInfo.InvariantCulture));
        await PressAsync(page, "Discard", "not a file of ours");
        await Eventually.ThatAsync("file discarded", async () => (await FileAsync(name)).GetProperty("state").GetString() == "discarded");

        await page.GotoAsync("/audit");
        await page.GetByText("file.discard").First.WaitForAsync();
        await page.GetByText("not a file of ours").First.WaitForAsync();
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task A_mailing_is_held_paused_resumed_and_cancelled()
    {
        var page = await demonstration.OpenAsync();
        await page.GotoAsync("/delivery");
        await page.Locator("form[action='/delivery/hold'] input[name=minutes]").FillAsync("30");
        var form = page.Locator("form[action='/delivery/hold']");
        await form.Locator("input[name=reason]").FillAsync("relay is being repaired");
        await form.GetByRole(AriaRole.Button).ClickAsync();
        await page.Locator("#held").GetByText("relay is being repaired").WaitForAsync();
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Demonstration.Pictures, "delivery-held.png"), FullPage = true });

        var name = NextName();
        demonstration.Drop(name, demonstration.FirstRows(20));
        await Eventually.ThatAsync("mailing being sent", async () => await StateAsync(name) == "sending");
        var id = await MailingAsync(name);
        await page.GotoAsync(string.Create(CultureInfo.InvariantCulture, $"/mailings/{id}"));
        await PressAsync(page, "Pause", "wrong subject");
        await Eventually.ThatAsync("mailing paused", async () => await StateAsync(name) == "paused");
        await page.GotoAsync("/");
        await page.Locator(".attention").GetByText("is paused").WaitForAsync();

        await page.GotoAsync(string.Create(CultureInfo.InvariantCulture, $"/mailings/{id}"));
        await PressAsync(page, "Resume", reason: null);
        await Eventually.ThatAsync("mailing resumed", async () => await StateAsync(name) == "sending");
        await page.GotoAsync(string.Create(CultureInfo.InvariantCulture, $"/mailings/{id}"));
        await page.GetByText("Cancel…").ClickAsync();
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Demonstration.Pictures, "mailing-cancel.png"), FullPage = true });
        await page.GetByText("Cancel…").ClickAsync();
        await PressAsync(page, "Cancel", "it was the wrong list");
        await Eventually.ThatAsync("mailing cancelled", async () => await StateAsync(name) == "cancelled");

        await page.GotoAsync("/delivery");
        await PressAsync(page, "Open", reason: null);
        await page.Locator("#held").GetByText("No lane is held.").WaitForAsync();
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task A_person_is_found_suppressed_and_freed_again()
    {
        var mailing = (await demonstration.GetAsync("/api/v1/mailings")).GetProperty("items").EnumerateArray().Last().GetProperty("id").GetInt64();
        var page = await demonstration.OpenAsync();
        await page.GotoAsync("/");
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync(string.Create(CultureInfo.InvariantCulture, $"{mailing}.12@return.example.org"));
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("gets mail").WaitForAsync();
        await PressAsync(page, "Suppress", "asked for it on the phone");
        await page.GetByText("gets no mail").WaitForAsync();
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Demonstration.Pictures, "recipient-suppressed.png"), FullPage = true });
        await PressAsync(page, "Take off the blocklist", "asked for it again");
        await page.GetByText("gets mail").WaitForAsync();
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task A_template_is_checked_previewed_and_stored()
    {
        var page = await demonstration.OpenAsync();
        var source = (await demonstration.GetAsync("/api/v1/sources"))[0];
        await page.GotoAsync(string.Create(CultureInfo.InvariantCulture, $"/sources/{source.GetProperty("id").GetInt64()}?row=5"));
        var version = source.GetProperty("version").GetInt32();
        await page.GetByLabel("Subject").FillAsync("{{ nobody_knows_this }} news");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Check and preview" }).ClickAsync();
        await page.Locator(".findings").GetByText("nobody_knows_this").First.WaitForAsync();
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Demonstration.Pictures, "source-finding.png"), FullPage = true });
        await page.GetByLabel("Subject").FillAsync("News of the week");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = StoreButton() }).ClickAsync();
        await page.GetByText(string.Create(CultureInfo.InvariantCulture, $"stored as version {version + 1}")).First.WaitForAsync();
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task An_export_is_cut_off_and_rebuilt_byte_for_byte()
    {
        var page = await demonstration.OpenAsync();
        await page.GotoAsync("/exports");
        await PressAsync(page, "Cut off now", reason: null);
        await page.GetByText(Started()).First.WaitForAsync();
        await page.GotoAsync("/exports/1");
        await PressAsync(page, "Rebuild and compare", reason: null);
        await page.GetByText("byte for byte as published").First.WaitForAsync();
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task A_user_and_a_key_are_made_and_the_key_is_shown_once()
    {
        var page = await demonstration.OpenAsync();
        await page.GotoAsync("/access");
        var users = page.Locator("form[action='/access/users']");
        await users.GetByLabel("Name").FillAsync("olga");
        await users.GetByLabel("Password").FillAsync("a long enough password");
        await users.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Add" }).ClickAsync();
        await page.GetByRole(AriaRole.Rowheader, new PageGetByRoleOptions { Name = "olga" }).WaitForAsync();
        var keys = page.Locator("form[action='/access/keys']");
        await keys.GetByLabel("What for").FillAsync("reporting");
        await keys.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Make" }).ClickAsync();
        var key = await page.Locator("#new-key").InnerTextAsync();
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Demonstration.Pictures, "access-filled.png"), FullPage = true });
        Assert.StartsWith("clk_", key, StringComparison.Ordinal);
        await page.GotoAsync("/access");
        Assert.Equal(0, await page.GetByText(key).CountAsync());
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Everything_is_reached_by_keys_alone()
    {
        var page = await demonstration.OpenAsync();
        await page.GotoAsync("/");
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to content", await page.EvaluateAsync<string>("document.activeElement.textContent"));
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("m");
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Mailings", Level = 1 }).WaitForAsync();
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#sum").WaitForAsync();
        await page.Keyboard.PressAsync("?");
        Assert.True(await page.Locator("#help").IsVisibleAsync());
        await page.Keyboard.PressAsync("Escape");
        Assert.False(await page.Locator("#help").IsVisibleAsync());
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task The_theme_is_kept()
    {
        var page = await demonstration.OpenAsync();
        await page.GotoAsync("/files");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Dark" }).ClickAsync();
        await page.Locator("button[value=dark][aria-pressed=true]").WaitForAsync();
        await page.GotoAsync("/mailings");
        Assert.Equal("dark", await page.Locator("html").GetAttributeAsync("data-theme"));
        await page.Context.CloseAsync();
    }

    /// <summary>Opens the sheet of a button, gives a reason and presses.</summary>
    private static async Task PressAsync(IPage page, string label, string? reason)
    {
        var sheet = page.Locator("details.confirm", new PageLocatorOptions { Has = page.Locator("summary", new PageLocatorOptions { HasTextRegex = new Regex("^\\s*" + Regex.Escape(label) + "…\\s*$", RegexOptions.None, TimeSpan.FromSeconds(1)) }) }).First;
        await sheet.Locator("summary").ClickAsync();
        if (reason is not null) await sheet.Locator("input[name=reason]").FillAsync(reason);
        await sheet.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = label, Exact = true }).ClickAsync();
        await page.Locator(".said").WaitForAsync();
    }

    private static string NextName() => string.Create(CultureInfo.InvariantCulture, $"203001010900{Interlocked.Increment(ref _stamp):00}_subscribers.csv");

    private async Task<System.Text.Json.JsonElement> FileAsync(string name) =>
        (await demonstration.GetAsync("/api/v1/files?search=" + name)).GetProperty("items")[0];

    private async Task<long> MailingAsync(string file)
    {
        var found = (await demonstration.GetAsync("/api/v1/files?search=" + file)).GetProperty("items");
        if (found.GetArrayLength() == 0) return 0;
        var detail = await demonstration.GetAsync(string.Create(CultureInfo.InvariantCulture, $"/api/v1/files/{found[0].GetProperty("id").GetInt64()}"));
        return detail.GetProperty("mailings") is { } mailings && mailings.GetArrayLength() > 0 ? mailings[0].GetProperty("id").GetInt64() : 0;
    }

    private async Task<string?> StateAsync(string file) => await MailingAsync(file) is > 0 and var id
        ? (await demonstration.GetAsync(string.Create(CultureInfo.InvariantCulture, $"/api/v1/mailings/{id}"))).GetProperty("mailing").GetProperty("state").GetString()
        : null;

    [GeneratedRegex("^Store as version", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StoreButton();

    [GeneratedRegex("export run [0-9]+ started", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Started();
}
