using System.Globalization;
using Microsoft.Playwright;

namespace ClosedLoop.Operations.Tests.Browser;

/// <summary>Every screen in a real browser. Pictures are kept under artifacts/test-results/screens.</summary>
[Collection(DemonstrationCollection.Name)]
public sealed class ScreenTests(Demonstration demonstration)
{
    /// <summary>Most octets of a page with all that it needs.</summary>
    private const long MostBytes = 150 * 1024;

    private const double MostPaintMilliseconds = 1000;

    [BrowserFact]
    public Task Every_screen_in_light() => LookAtAllAsync(ColorScheme.Light, "light");

    [BrowserFact]
    public Task Every_screen_in_dark() => LookAtAllAsync(ColorScheme.Dark, "dark");

    [BrowserFact]
    public async Task Every_screen_without_script()
    {
        var page = await demonstration.OpenAsync(script: false);
        foreach (var (name, path) in await ScreenList.OfAsync(demonstration))
        {
            await page.GotoAsync(path);
            Assert.True(await page.Locator("h1").First.IsVisibleAsync(), name);
            Assert.Equal(0, await page.Locator(".js:visible").CountAsync());
        }

        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task No_screen_is_wider_than_a_window_of_320_pixels()
    {
        // 1280 pixels at 400 % (WCAG 2.2, 1.4.10).
        var page = await demonstration.OpenAsync(width: 320, height: 900);
        foreach (var (name, path) in await ScreenList.OfAsync(demonstration))
        {
            await page.GotoAsync(path);
            var width = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            Assert.True(width <= 320, $"{name} is {width} pixels wide");
            if (name is "mailing" or "overview") await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Demonstration.Pictures, name + "-narrow.png"), FullPage = true });
        }

        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Pages_are_small_and_painted_soon()
    {
        var report = new List<string>();
        foreach (var (name, path) in await ScreenList.OfAsync(demonstration))
        {
            // Other suites share the processors: what counts is the page, so the quickest of three looks at it does.
            var (bytes, paint) = await LoadAsync(path);
            for (var look = 1; look < 3 && paint > MostPaintMilliseconds; look++) paint = (await LoadAsync(path)).Paint;
            report.Add(string.Create(CultureInfo.InvariantCulture, $"{name}\t{bytes}\t{paint:0}"));
            Assert.True(bytes <= MostBytes, $"{name} has {bytes} octets");
            Assert.True(paint <= MostPaintMilliseconds, $"{name} was painted after {paint} ms");
        }

        await File.WriteAllLinesAsync(Path.Combine(Demonstration.Pictures, "sizes.tsv"), report.Prepend("screen\tbytes\tfirst paint ms"));
    }

    /// <summary>A page in a window without cache: octets of it and of all it needs, milliseconds to its first contentful paint.</summary>
    private async Task<(long Bytes, double Paint)> LoadAsync(string path)
    {
        var page = await demonstration.OpenAsync();
        var bytes = 0L;
        page.Response += (_, response) =>
        {
            if (response.Headers.TryGetValue("content-length", out var length)) Interlocked.Add(ref bytes, long.Parse(length, CultureInfo.InvariantCulture));
        };
        var body = await (await page.GotoAsync(path))!.BodyAsync();
        var paint = await page.EvaluateAsync<double>(
            "() => new Promise(done => new PerformanceObserver(list => { const entry = list.getEntriesByName('first-contentful-paint')[0]; if (entry) done(entry.startTime); }).observe({ type: 'paint', buffered: true }))");
        await page.Context.CloseAsync();
        return (body.Length + Interlocked.Read(ref bytes), paint);
    }

    [AxeFact]
    public async Task Axe_finds_no_serious_fault_on_any_screen()
    {
        var script = await File.ReadAllTextAsync(AxeScript.Path!);
        var faults = new List<string>();
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            var page = await demonstration.OpenAsync(scheme);
            foreach (var (name, path) in await ScreenList.OfAsync(demonstration))
            {
                await page.GotoAsync(path);
                await page.EvaluateAsync(script);
                faults.AddRange((await page.EvaluateAsync<string[]>(
                    """
                    async () => (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })).violations
                        .filter(fault => fault.impact === 'serious' || fault.impact === 'critical')
                        .map(fault => `${fault.id}: ${fault.nodes.slice(0, 2).map(node => node.target.join(' ') + ' ' + (node.any[0] ? node.any[0].message : '')).join(' | ')}`)
                    """)).Select(fault => $"{scheme} {name}: {fault}"));
            }

            await page.Context.CloseAsync();
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private async Task LookAtAllAsync(ColorScheme scheme, string suffix)
    {
        var page = await demonstration.OpenAsync(scheme);
        var said = new List<string>();
        page.Console += (_, message) =>
        {
            // What a mail would fetch from elsewhere is not fetched, and the browser says so.
            var isBlocked = message.Text.Contains("Content Security Policy", StringComparison.Ordinal) && message.Text.StartsWith("Loading the image", StringComparison.Ordinal);
            if (message.Type is "error" && !isBlocked && !message.Text.Contains("404", StringComparison.Ordinal)) said.Add($"{page.Url}: {message.Text}");
        };
        page.PageError += (_, error) => said.Add($"{page.Url}: {error}");
        foreach (var (name, path) in await ScreenList.OfAsync(demonstration))
        {
            var answer = (await page.GotoAsync(path))!;
            Assert.Equal(name == "not-found" ? 404 : 200, answer.Status);
            Assert.Equal(1, await page.Locator("h1").CountAsync());
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Demonstration.Pictures, $"{name}-{suffix}.png"), FullPage = true });
        }

        Assert.Empty(said);
        await page.Context.CloseAsync();
    }
}
