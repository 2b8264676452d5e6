using Microsoft.Playwright;

namespace ClosedLoop.Operations.Tests.Browser;

/// <summary>A page part of whose sources are silent shows the others, and says how many.</summary>
public sealed class PartialStateTests(PartialState served) : IClassFixture<PartialState>
{
    [BrowserFact]
    public async Task A_folder_that_does_not_answer_hides_no_other()
    {
        var page = await served.OpenAsync();
        await Eventually.ThatAsync("two of three folders answered", async () =>
        {
            await page.GotoAsync("/connectors");
            return await page.GetByText("2 of 3 folders answered.").CountAsync() == 1;
        });
        Assert.Equal(2, await page.Locator("#zones .badge", new PageLocatorOptions { HasText = "polling" }).CountAsync());
        Assert.Equal(1, await page.Locator("#zones .badge", new PageLocatorOptions { HasText = "no answer" }).CountAsync());
        Assert.Empty(await BrowserHere.PictureAsync(page, "partial"));
        await page.Context.CloseAsync();
    }
}
