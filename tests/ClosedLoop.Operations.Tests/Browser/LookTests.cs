using System.Globalization;
using Microsoft.Playwright;

namespace ClosedLoop.Operations.Tests.Browser;

/// <summary>Looking before and after: rows as mails, queues by domain, a mailing again as a test, views of one's own.</summary>
[Collection(DemonstrationCollection.Name)]
public sealed class LookTests(Demonstration demonstration)
{
    [BrowserFact]
    public async Task Rows_of_a_file_are_looked_through_as_mails_without_script()
    {
        var page = await demonstration.OpenAsync(script: false);
        await page.GotoAsync("/files/1");
        await page.Locator("#preview input[name=row]").FillAsync("5");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Show", Exact = true }).ClickAsync();
        await page.GetByText("By the content that was frozen for it.").WaitForAsync();
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "next", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/files/1?row=6#preview");
        var frame = page.FrameLocator("iframe.mail");
        await frame.Locator("body").WaitForAsync();
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Demonstration.Pictures, "file-preview.png") });
        await page.Locator("#preview select[name=empty]").SelectOptionAsync("email");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Find" }).ClickAsync();
        await page.GetByText("No row has an empty email.").WaitForAsync();
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task A_mailing_lies_in_the_sink_once_more_and_its_numbers_stay()
    {
        var mailings = (await demonstration.GetAsync("/api/v1/mailings")).GetProperty("items");
        var mailing = mailings[mailings.GetArrayLength() - 1].GetProperty("id").GetInt64();
        var page = await demonstration.OpenAsync();
        await page.GotoAsync(string.Create(CultureInfo.InvariantCulture, $"/mailings/{mailing}"));
        var sum = await page.Locator("#sum .sum").InnerTextAsync();
        var sheet = page.Locator("details.confirm", new PageLocatorOptions { HasText = "Replay to sink" });
        await sheet.Locator("summary").ClickAsync();
        await sheet.GetByLabel("Recipients").FillAsync("3");
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Demonstration.Pictures, "mailing-replay.png"), FullPage = true });
        await sheet.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Replay to sink" }).ClickAsync();
        await page.Locator(".said", new PageLocatorOptions { HasText = "of 3 messages lie in the sink once more" }).WaitForAsync();
        Assert.Equal(sum, await page.Locator("#sum .sum").InnerTextAsync());
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task A_queue_says_by_domain_who_waits_and_is_tried_now()
    {
        var page = await demonstration.OpenAsync();
        await page.GotoAsync("/delivery");
        var hold = page.Locator("form[action='/delivery/hold']");
        await hold.Locator("input[name=domain]").FillAsync("example.org");
        await hold.Locator("input[name=reason]").FillAsync("relay is being repaired");
        await hold.GetByRole(AriaRole.Button).ClickAsync();
        await page.Locator("#held").GetByText("relay is being repaired").WaitForAsync();
        var trace = page.Locator("details.confirm", new PageLocatorOptions { Has = page.Locator("form[action='/delivery/trace']") });
        await trace.Locator("summary").ClickAsync();
        await trace.Locator("input[name=reason]").FillAsync("what does it say when it is back?");
        await trace.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Trace a connection" }).ClickAsync();
        await page.Locator("#traces").GetByText("Waits for the next connection").WaitForAsync();
        demonstration.Drop("20300201090001_subscribers.csv", demonstration.FirstRows(21));
        await page.Locator("#queues").GetByText("example.org").First.WaitForAsync();
        await page.Locator("#queues td", new PageLocatorOptions { HasText = "relay is being repaired" }).First.WaitForAsync();
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Demonstration.Pictures, "delivery-queues.png"), FullPage = true });
        await page.GotoAsync("/mailings?state=Sending");
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Demonstration.Pictures, "mailings-sending.png"), FullPage = true });
        await Eventually.ThatAsync("everybody delayed", async () => (await demonstration.GetAsync("/api/v1/lanes/queues")).GetProperty("items").EnumerateArray().Any(item => item.GetProperty("delayed").GetInt64() > 0));
        await page.GotoAsync("/delivery");
        var sheet = page.Locator("details.confirm", new PageLocatorOptions { HasText = "Try now" });
        await sheet.Locator("summary").ClickAsync();
        await sheet.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Try now" }).ClickAsync();
        await page.Locator(".said", new PageLocatorOptions { HasText = "are tried now and not later" }).WaitForAsync();
        var open = page.Locator("details.confirm", new PageLocatorOptions { Has = page.Locator("form[action='/delivery/open']") });
        await open.Locator("summary").ClickAsync();
        await open.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Open" }).ClickAsync();
        await page.Locator("#held").GetByText("No lane is held.").WaitForAsync();
        await page.Locator("#traces code", new PageLocatorOptions { HasText = "RCPT TO:<r…@example.org>" }).First.WaitForAsync();
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Demonstration.Pictures, "delivery-traced.png"), FullPage = true });

        // Tests that follow count on nobody being under way.
        await Eventually.ThatAsync("mailing ended", async () => (await demonstration.GetAsync("/api/v1/mailings?limit=1")).GetProperty("items")[0].GetProperty("state").GetString() == "finished");
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task A_view_gets_a_name_and_is_given_up_again_without_script()
    {
        var page = await demonstration.OpenAsync(script: false);
        await page.GotoAsync("/mailings?client=demo&search=Spring");
        await page.Locator("#view-name").FillAsync("Spring letters");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Save view" }).ClickAsync();
        await page.GotoAsync("/mailings");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Spring letters" }).ClickAsync();
        await page.WaitForURLAsync("**/mailings?client=demo&search=Spring");
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Demonstration.Pictures, "mailings-view.png"), FullPage = true });
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Remove the view Spring letters" }).ClickAsync();
        await page.Locator("#view-name").WaitForAsync();
        Assert.Equal(0, await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Spring letters" }).CountAsync());
        await page.Context.CloseAsync();
    }
}
