using System.Globalization;
using Microsoft.Playwright;

namespace ClosedLoop.Operations.Tests.Browser;

/// <summary>Decisions that change what counts and how fast mail goes, and the palette that leads to them.</summary>
[Collection(DemonstrationCollection.Name)]
public sealed class DecisionTests(Demonstration demonstration)
{
    [BrowserFact]
    public async Task A_response_is_read_otherwise()
    {
        var page = await demonstration.OpenAsync();
        await page.GotoAsync("/responses");
        var row = page.Locator("#latest tr[data-row]", new PageLocatorOptions { Has = page.Locator(".badge", new PageLocatorOptions { HasText = "hard bounce" }) }).First;
        var who = await row.GetByRole(AriaRole.Rowheader).InnerTextAsync();
        await row.GetByText("Re-classify…").ClickAsync();
        await page.Locator("details[open] select[name=as]").SelectOptionAsync("auto-reply");
        await page.Locator("details[open] input[name=reason]").FillAsync("it is an out-of-office note");
        await PictureAsync(page, "responses-classify");
        await page.Locator("details[open]").GetByRole(AriaRole.Button).ClickAsync();
        await page.GetByText($"the response of {who} counts as auto-reply").WaitForAsync();
        await page.GotoAsync("/audit");
        await page.GetByText("it is an out-of-office note").First.WaitForAsync();
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task A_limit_is_set_for_a_time_and_lifted()
    {
        var page = await demonstration.OpenAsync(ColorScheme.Dark);
        await page.GotoAsync("/delivery");
        var form = page.Locator("form[action='/delivery/limit']");
        await form.Locator("input[name=domain]").FillAsync("slow.example");
        await form.Locator("input[name=rate]").FillAsync("2.5");
        await form.Locator("input[name=reason]").FillAsync("their postmaster called");
        await form.GetByRole(AriaRole.Button).ClickAsync();
        var row = page.GetByRole(AriaRole.Row).Filter(new LocatorFilterOptions { HasText = "2.5 messages a second" });
        await row.GetByText("before the definition: their postmaster called").WaitForAsync();
        await PictureAsync(page, "delivery-limit");
        await row.GetByText("Lift…").ClickAsync();
        await page.Locator("details[open]").GetByRole(AriaRole.Button).ClickAsync();
        await page.GetByText("has the limit of the client's definition again").First.WaitForAsync();
        Assert.Equal(0, await row.CountAsync());
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task The_palette_goes_to_screens_presses_buttons_and_finds_things()
    {
        var page = await demonstration.OpenAsync();
        await page.GotoAsync("/");
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("deliv");
        await PictureAsync(page, "palette-light");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Delivery", Level = 1 }).WaitForAsync();

        var mailing = (await demonstration.GetAsync("/api/v1/mailings")).GetProperty("items").EnumerateArray().Last().GetProperty("id").GetInt64().ToString(CultureInfo.InvariantCulture);
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync(mailing);
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#sum").WaitForAsync();

        // A button of the page: its sheet opens with the cursor in it, and nothing is done yet.
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("resend soft");
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("reason", await page.EvaluateAsync<string>("document.activeElement.name"));
        await page.Keyboard.PressAsync("Escape");

        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync(mailing + ".12@return.example.org");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("gets mail").First.WaitForAsync();

        var dark = await demonstration.OpenAsync(ColorScheme.Dark);
        await dark.GotoAsync("/mailings/" + mailing);
        await dark.Keyboard.PressAsync("Control+k");
        await dark.Keyboard.TypeAsync("demo.csv");
        Assert.Equal("Files named demo.csv find", await dark.Locator("#palette li[aria-selected=true]").InnerTextAsync().ContinueWith(text => string.Join(' ', text.Result.Split(['\n', ' '], StringSplitOptions.RemoveEmptyEntries)), TaskScheduler.Default));
        await PictureAsync(dark, "palette-dark");
        await dark.Keyboard.PressAsync("Escape");
        Assert.False(await dark.Locator("#palette").IsVisibleAsync());
        await dark.Context.CloseAsync();
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task A_mail_in_the_sink_is_clicked_as_its_recipient()
    {
        var page = await demonstration.OpenAsync();
        await page.GotoAsync("/sink");
        await page.Locator("#sink tbody th a").Last.ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Click as recipient" }).ClickAsync();
        await page.GetByText("has clicked the first link").WaitForAsync();
        await PictureAsync(page, "sink-played");
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Domains_that_defer_are_seen_by_minute()
    {
        const string Name = "20300101080001_subscribers.csv";
        demonstration.Drop(Name, demonstration.FirstRows(12).Replace("reader.", "later.", StringComparison.Ordinal).Replace("@example.org", "@slow.example", StringComparison.Ordinal));
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            var page = await demonstration.OpenAsync(scheme);
            await page.GotoAsync("/delivery");
            await page.Locator("figure.heat").GetByText("slow.example").First.WaitForAsync();
            await page.Locator("figure.heat").GetByText("As a table").ClickAsync();
            await page.Locator("figure.heat").GetByRole(AriaRole.Columnheader, new LocatorGetByRoleOptions { Name = "Minute (UTC)" }).WaitForAsync();
            await PictureAsync(page, scheme == ColorScheme.Dark ? "delivery-heat-dark" : "delivery-heat-light");
            await page.Context.CloseAsync();
        }

        // Nobody else of the source waits behind it.
        foreach (var mailing in (await demonstration.GetAsync("/api/v1/mailings?state=sending")).GetProperty("items").EnumerateArray())
            (await demonstration.Api.PostAsync(new Uri($"/api/v1/mailings/{mailing.GetProperty("id").GetInt64()}/cancel?reason=test", UriKind.Relative), content: null)).EnsureSuccessStatusCode();
    }

    [BrowserFact]
    public async Task Charts_have_a_table_twin()
    {
        var page = await demonstration.OpenAsync();
        await page.GotoAsync("/");
        var chart = page.Locator("figure.chart", new PageLocatorOptions { HasText = "Delivery delay" });
        await chart.GetByText("As a table").ClickAsync();
        await chart.GetByRole(AriaRole.Columnheader, new LocatorGetByRoleOptions { Name = "95 of 100 within" }).WaitForAsync();
        await PictureAsync(page, "overview-delay");
        await page.Context.CloseAsync();
    }

    private static Task<byte[]> PictureAsync(IPage page, string name) => page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Demonstration.Pictures, name + ".png"), FullPage = true });
}
