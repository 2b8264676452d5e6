using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using ClosedLoop.Testing.Servers;
using Microsoft.Playwright;

namespace ClosedLoop.Operations.Tests.Browser;

/// <summary>The demonstration as a process of its own, with a browser beside it: mailings, responses and exports are there, and an operator is signed in.</summary>
#pragma warning disable CA1001 // disposed by IAsyncLifetime, which the test framework calls
public sealed partial class Demonstration : IAsyncLifetime
#pragma warning restore CA1001
{
    private readonly string _root = Directory.CreateTempSubdirectory("closedloop-browser-").FullName;
    private ClosedLoopProcess _process = null!;
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;
    private string _state = null!;

    public string Data => Path.Combine(_root, "data");

    public string Address { get; } = "http://127.0.0.1:" + Testing.Installations.Ports.Free().ToString(CultureInfo.InvariantCulture);

    /// <summary>A client of the API with the token of the command line.</summary>
    public HttpClient Api { get; } = new();

    /// <summary>Where pictures of the screens are kept.</summary>
    public static string Pictures
    {
        get
        {
            var folder = Repository.PathOf("artifacts", "test-results", "screens");
            Directory.CreateDirectory(folder);
            return folder;
        }
    }

    public async Task InitializeAsync()
    {
        if (!File.Exists(Chromium.Path)) return;
        List<string> database = PostgresChoice.IsMade
            ? ["--set", "Database:Provider=Postgres", "--set", "Database:ConnectionString=" + (await PostgresServer.SharedAsync()).CreateDatabase()]
            : [];
        _process = new ClosedLoopProcess(
        [
            "demo", "--data", Data, "--recipients", "400",
            "--set", "Http:Listen=http://127.0.0.1:" + Testing.Installations.Ports.Free().ToString(CultureInfo.InvariantCulture),
            "--set", "Operator:Listen=" + Address,
            "--set", "Sink:Port=" + Testing.Installations.Ports.Free().ToString(CultureInfo.InvariantCulture),
            "--set", "Watch:IntervalSeconds=1",
            .. database,
        ]);
        await Eventually.ThatAsync("link to the dashboard", () =>
        {
            _process.ThrowIfEnded("link to the dashboard");
            return Link().IsMatch(_process.Error + _process.Output);
        });
        Api.BaseAddress = new Uri(Address);
        using (var access = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Data, "operator.json"))))
            Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", access.RootElement.GetProperty("Token").GetString());
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium.Path, Args = ["--no-sandbox"] });
        await SignInAsync(Link().Match(_process.Error + _process.Output).Value);
    }

    /// <summary>A tab of somebody who is signed in.</summary>
    public async Task<IPage> OpenAsync(ColorScheme scheme = ColorScheme.Light, bool script = true, int width = 1440, int height = 900)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Address,
            ColorScheme = scheme,
            JavaScriptEnabled = script,
            StorageState = _state,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(20_000);
        return await context.NewPageAsync();
    }

    /// <summary>Uploads a file for the client as a customer must.</summary>
    public void Drop(string name, string content)
    {
        var folder = Path.Combine(Data, "drop", "demo", "in");
        File.WriteAllText(Path.Combine(folder, name + ".tmp"), content);
        File.Move(Path.Combine(folder, name + ".tmp"), Path.Combine(folder, name));
    }

    /// <summary>Rows of an accepted file, to make another one of. Each test needs a count of its own: a file with the octets of another one is refused.</summary>
    public string FirstRows(int count)
    {
        var archive = Directory.EnumerateFiles(Path.Combine(Data, "drop", "demo"), "*_subscribers.csv", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();
        return string.Concat(File.ReadLines(archive).Skip(20).Take(count).Select(line => line + "\n"));
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using var document = JsonDocument.Parse(await Api.GetStringAsync(new Uri(path, UriKind.Relative)));
        return document.RootElement.Clone();
    }

    public async Task DisposeAsync()
    {
        Api.Dispose();
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_process is not null) await _process.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    private async Task SignInAsync(string link)
    {
        var context = await _browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(link);
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Pictures, "sign-in.png") });
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Overview" }).WaitForAsync();
        _state = await context.StorageStateAsync();
        await context.CloseAsync();
    }

    [GeneratedRegex("http://[^ ]+/login\\?token=[0-9a-f]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();
}
