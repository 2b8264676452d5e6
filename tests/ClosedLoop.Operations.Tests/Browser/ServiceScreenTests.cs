using System.IO.Compression;
using System.Text.Json;
using Microsoft.Playwright;

namespace ClosedLoop.Operations.Tests.Browser;

/// <summary>What an operator does on the screens of exports, responses, source mailings, alerts and the service itself.</summary>
[Collection(DemonstrationCollection.Name)]
public sealed class ServiceScreenTests(Demonstration demonstration)
{
    [BrowserFact]
    public async Task A_file_that_was_taken_away_is_seen_and_delivered_again_with_the_same_bytes()
    {
        var page = await demonstration.OpenAsync();
        var run = (await demonstration.GetAsync("/api/v1/exports")).GetProperty("items").EnumerateArray().Last();
        var (id, file) = (run.GetProperty("id").GetInt64(), run.GetProperty("files")[0]);
        var path = Path.Combine(demonstration.Data, "drop", "demo", "out", file.GetProperty("name").GetString()!);
        var bytes = await File.ReadAllBytesAsync(path);
        File.Delete(path);
        await page.GotoAsync($"/exports/{id}");
        await page.GetByText("1 of 8 were taken away").WaitForAsync();
        await PictureAsync(page, "export-taken");
        await page.GetByText("Deliver again…").ClickAsync();
        await page.Locator("details[open] input[name=reason]").FillAsync("they lost it");
        await page.Locator("details[open]").GetByRole(AriaRole.Button).ClickAsync();
        await page.GetByText("put back: " + file.GetProperty("name").GetString()).First.WaitForAsync();
        Assert.Equal(bytes, await File.ReadAllBytesAsync(path));
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Two_runs_are_compared_file_by_file()
    {
        (await demonstration.Api.PostAsync(new Uri("/api/v1/clients/demo/export", UriKind.Relative), content: null)).EnsureSuccessStatusCode();
        await Eventually.ThatAsync("two published runs", async () => (await demonstration.GetAsync("/api/v1/exports")).GetProperty("items").EnumerateArray().Count(run => run.GetProperty("published").GetBoolean()) >= 2);
        var page = await demonstration.OpenAsync();
        await page.GotoAsync("/exports/1");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Compare", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "demo: two runs compared" }).WaitForAsync();
        Assert.True(await page.Locator("tr[data-row]").CountAsync() >= 8);
        await PictureAsync(page, "export-compare");
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task A_returned_mail_becomes_a_case_of_the_conformance_command()
    {
        var page = await demonstration.OpenAsync();
        await page.GotoAsync("/responses");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "the mail" }).First.ClickAsync();
        await page.Locator("form[action$='/case'] select[name=as]").SelectOptionAsync("soft");
        await PictureAsync(page, "response-case");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Download case" }).ClickAsync());
        await using var archive = await ZipFile.OpenReadAsync((await download.PathAsync())!);
        using var reader = new StreamReader(await archive.GetEntry("labels.jsonl")!.OpenAsync());
        using var label = JsonDocument.Parse(await reader.ReadToEndAsync());
        Assert.NotNull(archive.GetEntry(label.RootElement.GetProperty("file").GetString()!));
        Assert.Equal(0, label.RootElement.GetProperty("results")[0].GetProperty("hardbounce").GetInt32());
        Assert.Contains('@', label.RootElement.GetProperty("results")[0].GetProperty("recipient").GetString()!);
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task A_template_is_tried_with_rows_from_all_over_the_list_and_an_earlier_version_comes_back()
    {
        var page = await demonstration.OpenAsync();
        var source = (await demonstration.GetAsync("/api/v1/sources"))[0].GetProperty("id").GetInt64();
        await page.GotoAsync($"/sources/{source}");
        await page.GetByLabel("Subject").FillAsync("{{ broken");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Dry run with 50 rows" }).ClickAsync();
        await page.GetByText("50 of 50 messages could not be rendered. Nothing was sent.").WaitForAsync();
        await page.GotoAsync($"/sources/{source}?version=1");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Dry run with 50 rows" }).ClickAsync();
        await page.GetByText("50 of 50 messages were rendered. Nothing was sent.").WaitForAsync();
        await PictureAsync(page, "source-dry-run");
        var run = await demonstration.GetAsync($"/api/v1/sources/{source}/dry-run?rows=500");
        Assert.Equal(200, run.GetProperty("rows").GetInt32());
        Assert.NotEmpty((await demonstration.GetAsync($"/api/v1/sources/{source}/versions")).EnumerateArray());
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task A_process_is_drained_and_says_when_it_is_safe_to_stop()
    {
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            var page = await demonstration.OpenAsync(scheme);
            await page.GotoAsync("/system");
            await page.Locator("#machine figure").First.WaitForAsync(new LocatorWaitForOptions { Timeout = 45_000 });
            await page.GetByText("Drain…").ClickAsync();
            await page.Locator("details[open]").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Drain" }).ClickAsync();
            await page.GetByText("It is safe to stop this process.").WaitForAsync();
            await PictureAsync(page, scheme == ColorScheme.Dark ? "system-drained-dark" : "system-drained-light");
            await page.GetByText("Take work up again…").ClickAsync();
            await page.Locator("details[open]").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Take work up again" }).ClickAsync();
            await page.GetByText("Drain…").WaitForAsync();
            await page.Context.CloseAsync();
        }
    }

    [BrowserFact]
    public async Task What_a_page_offers_to_copy_as_curl_is_answered()
    {
        var page = await demonstration.OpenAsync();
        var wrong = new List<string>();
        foreach (var (name, path) in await ScreenList.OfAsync(demonstration))
        {
            await page.GotoAsync(path);
            foreach (var button in await page.Locator("[data-copy=curl]").AllAsync())
            {
                using var answer = await demonstration.Api.GetAsync(new Uri((await button.GetAttributeAsync("data-api"))!, UriKind.Relative));

                // A page on which nobody was looked for yet offers the address that lacks the question.
                if (!answer.IsSuccessStatusCode && name != "recipients") wrong.Add($"{name}: {answer.StatusCode} {answer.RequestMessage!.RequestUri}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        await page.Context.CloseAsync();
    }

    private static Task<byte[]> PictureAsync(IPage page, string name) => page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Demonstration.Pictures, name + ".png"), FullPage = true });
}
