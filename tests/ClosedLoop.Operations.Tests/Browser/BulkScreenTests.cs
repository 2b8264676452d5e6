using Microsoft.Playwright;

namespace ClosedLoop.Operations.Tests.Browser;

/// <summary>Many things at once, as an operator does it in a browser.</summary>
[Collection(DemonstrationCollection.Name)]
public sealed class BulkScreenTests(Demonstration demonstration)
{
    [BrowserFact]
    public async Task Rows_are_chosen_by_key_and_the_exact_count_and_a_reason_come_before_anything_is_done()
    {
        var page = await demonstration.OpenAsync();
        await page.GotoAsync("/mailings");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("x");
        Assert.Equal(1, await page.Locator("input[name=id]:checked").CountAsync());
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Pause…" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Pause: 1 mailing" }).WaitForAsync();
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Demonstration.Pictures, "bulk-plan.png") });
        await page.GetByLabel("Reason").FillAsync("wrong subject");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Pause 1 mailing" }).ClickAsync();
        await page.Locator("#job .badge", new PageLocatorOptions { HasText = "finished" }).First.WaitForAsync();
        Assert.Contains("1 nothing to do", (await page.Locator(".sum").InnerTextAsync()).ReplaceLineEndings(" "), StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task A_list_of_addresses_is_suppressed_and_taken_back()
    {
        var page = await demonstration.OpenAsync();
        await page.GotoAsync("/clients/demo");
        await page.GetByText("Suppress many addresses…").ClickAsync();
        await page.Locator("textarea[name=list]").FillAsync("one@example.net\ntwo@example.net; nonsense");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "See whom this reaches" }).ClickAsync();
        await page.GetByText("1 left out").WaitForAsync();
        await page.GetByLabel("Reason").FillAsync("asked by the client");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Suppress 2 addresses" }).ClickAsync();
        await page.Locator("#job .badge", new PageLocatorOptions { HasText = "finished" }).First.WaitForAsync();
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Demonstration.Pictures, "bulk-job.png"), FullPage = true });
        await page.GetByText("Take back…").ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Take back" }).ClickAsync();
        await page.GetByText("Takes back").WaitForAsync();
        await page.Locator("#job .badge", new PageLocatorOptions { HasText = "finished" }).First.WaitForAsync();
        Assert.Contains("2 done", (await page.Locator(".sum").InnerTextAsync()).ReplaceLineEndings(" "), StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }
}
