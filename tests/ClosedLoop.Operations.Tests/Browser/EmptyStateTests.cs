using System.Net.Http.Json;
using Microsoft.Playwright;

namespace ClosedLoop.Operations.Tests.Browser;

/// <summary>Screens of an installation to which nothing has happened yet, of somebody who may not, and of a page whose connection is cut.</summary>
public sealed class EmptyStateTests(BrowserHere served) : IClassFixture<BrowserHere>
{
    [BrowserFact]
    public async Task Screens_without_anything_say_what_to_do()
    {
        var faults = new List<string>();
        foreach (var (scheme, suffix) in new[] { (ColorScheme.Light, "light"), (ColorScheme.Dark, "dark") })
        {
            var page = await served.OpenAsync(scheme);
            foreach (var name in new[] { "responses", "exports", "connectors", "clients", "sink", "system", "audit", "alerts", "bulk" })
            {
                Assert.Equal(200, (await page.GotoAsync("/" + name))!.Status);
                faults.AddRange((await BrowserHere.PictureAsync(page, $"empty-{name}-{suffix}")).Select(fault => $"{name} {suffix}: {fault}"));
            }

            await page.Context.CloseAsync();
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [BrowserFact]
    public async Task Who_may_not_is_told_so_and_sees_no_button_that_he_may_not_press()
    {
        using var admin = served.Client(served.CommandLineToken);
        (await admin.PostAsJsonAsync(new Uri("/api/v1/access/users", UriKind.Relative), new { name = "vera", role = "viewer", password = "a long enough password" })).EnsureSuccessStatusCode();
        var page = await served.OpenAsync(isSignedIn: false);
        await page.GotoAsync("/login");
        await page.GetByLabel("Name").FillAsync("vera");
        await page.GetByLabel("Password").FillAsync("a long enough password");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Overview" }).WaitForAsync();

        await page.GotoAsync("/system");
        Assert.Equal(0, await page.Locator("form[action^='/system/']").CountAsync());
        Assert.Equal(0, await page.GetByText("Settings in force").CountAsync());
        Assert.Equal(403, (await page.GotoAsync("/access"))!.Status);
        Assert.Empty(await BrowserHere.PictureAsync(page, "forbidden"));
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task A_page_whose_connection_is_cut_says_how_old_it_is_and_goes_on_by_itself()
    {
        var page = await served.OpenAsync();
        await page.Clock.InstallAsync();
        await page.GotoAsync("/system");
        await page.Context.SetOfflineAsync(true);
        await page.Clock.RunForAsync(50_000);
        var live = page.Locator("#live");
        await Assertions.Expect(live).ToContainTextAsync("retrying");
        Assert.Equal("fixed", await live.EvaluateAsync<string>("element => getComputedStyle(element).position"));
        Assert.Empty(await BrowserHere.PictureAsync(page, "stale"));

        await page.Context.SetOfflineAsync(false);
        await page.Clock.ResumeAsync();
        await Eventually.ThatAsync("the page is live again", async () =>
        {
            await page.EvaluateAsync("document.dispatchEvent(new Event('visibilitychange'))");
            await page.Clock.RunForAsync(12_000);
            return (await live.InnerTextAsync()).StartsWith("live", StringComparison.Ordinal);
        });
        await page.Context.CloseAsync();
    }
}
