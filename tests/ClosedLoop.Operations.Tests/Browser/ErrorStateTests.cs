using System.Net;
using System.Text.Json;
using Microsoft.Playwright;

namespace ClosedLoop.Operations.Tests.Browser;

/// <summary>The database is taken away under an open page.</summary>
public sealed class ErrorStateTests(LostDatabase served) : IClassFixture<LostDatabase>
{
    [BrowserFact]
    public async Task Pages_say_what_failed_what_still_works_and_under_which_number_the_log_has_it()
    {
        var open = await served.OpenAsync();
        await open.GotoAsync("/exports");
        served.TakeAway();

        // What was there stays there; the script says that it could not look.
        await Assertions.Expect(open.Locator("#live")).ToContainTextAsync("the server answers with 500", new LocatorAssertionsToContainTextOptions { Timeout = 60_000 });
        await Assertions.Expect(open.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Exports" })).ToBeVisibleAsync();
        Assert.Empty(await BrowserHere.PictureAsync(open, "error-open-page"));
        await open.Context.CloseAsync();

        foreach (var (scheme, suffix) in new[] { (ColorScheme.Light, "light"), (ColorScheme.Dark, "dark") })
        {
            var page = await served.OpenAsync(scheme);
            Assert.Equal(500, (await page.GotoAsync("/exports"))!.Status);
            await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("CL9512");
            await Assertions.Expect(page.GetByText("Still works")).ToBeVisibleAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Try again" })).ToHaveAttributeAsync("href", "/exports");
            await Assertions.Expect(page.GetByRole(AriaRole.Navigation, new PageGetByRoleOptions { Name = "Screens" })).ToBeVisibleAsync();
            Assert.Empty(await BrowserHere.PictureAsync(page, "error-" + suffix));
            await page.Context.CloseAsync();
        }

        using var admin = served.Client(served.CommandLineToken);
        using var answer = await admin.GetAsync(new Uri("/api/v1/exports", UriKind.Relative));
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal("CL9512", problem.RootElement.GetProperty("code").GetString());
    }
}
