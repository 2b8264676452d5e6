using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Tests.Support;
using Microsoft.Playwright;

namespace ClosedLoop.Operations.Tests.Browser;

/// <summary>The whole service in this process, freshly made, with a browser beside it that is signed in: what is to go wrong can be made to.</summary>
public class BrowserHere : ServedHere
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private string? _state;

    public override async Task InitializeAsync()
    {
        if (!File.Exists(Chromium.Path)) return;
        await base.InitializeAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium.Path, Args = ["--no-sandbox"] });
        var context = await _browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{OperatorAddress}/login?token={Get<SignInLinks>().Create()}");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Overview" }).WaitForAsync();
        _state = await context.StorageStateAsync();
        await context.CloseAsync();
    }

    /// <summary>A tab.</summary>
    /// <param name="scheme">Light or dark.</param>
    /// <param name="isSignedIn">Whether it is somebody's.</param>
    public async Task<IPage> OpenAsync(ColorScheme scheme = ColorScheme.Light, bool isSignedIn = true)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = OperatorAddress,
            ColorScheme = scheme,
            StorageState = isSignedIn ? _state : null,
            ViewportSize = new ViewportSize { Width = 1440, Height = 900 },
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(20_000);
        return await context.NewPageAsync();
    }

    /// <summary>Keeps a picture of a state, and says what axe finds wrong with it.</summary>
    public static async Task<string[]> PictureAsync(IPage page, string name)
    {
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Demonstration.Pictures, $"state-{name}.png"), FullPage = true });
        if (AxeScript.Path is not { } axe) return [];
        await page.EvaluateAsync(await File.ReadAllTextAsync(axe));
        return await page.EvaluateAsync<string[]>(
            """
            async () => (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })).violations
                .filter(fault => fault.impact === 'serious' || fault.impact === 'critical').map(fault => `${fault.id}: ${fault.nodes.slice(0, 2).map(node => node.target.join(' ')).join(' | ')}`)
            """);
    }

    public override async Task DisposeAsync()
    {
        if (_browser is null) return;
        await _browser.DisposeAsync();
        _playwright!.Dispose();
        await base.DisposeAsync();
    }
}
