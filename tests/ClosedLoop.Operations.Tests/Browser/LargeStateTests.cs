using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using ClosedLoop.Data;
using ClosedLoop.Data.Clients;
using ClosedLoop.Model;
using Microsoft.Playwright;

namespace ClosedLoop.Operations.Tests.Browser;

/// <summary>Screens of an installation that sends ten million messages a day: the numbers are seeded, the pages are the service's own.</summary>
public sealed class LargeStateTests(BrowserHere served) : IClassFixture<BrowserHere>
{
    private const long Many = 10_000_000;

    private static readonly string[] Tables = ["recipients", "sent", "failed", "opens", "clicks", "bounces", "responses", "unsubscribes"];

    [BrowserFact]
    public async Task Ten_million_rows_fit_and_stay_readable()
    {
        var client = served.Get<DefinitionStore>().FindClient("demo")!.Value.Id;
        await SeedExportsAsync(client);
        await SeedConnectorAsync(client);
        var faults = new List<string>();
        foreach (var (scheme, suffix) in new[] { (ColorScheme.Light, "light"), (ColorScheme.Dark, "dark") })
        {
            var page = await served.OpenAsync(scheme);
            foreach (var (name, path) in new[] { ("exports", "/exports"), ("export", "/exports/9001"), ("compare", "/exports/9001/compare?with=9002"), ("connectors", "/connectors"), ("connector", "/connectors/demo"), ("alerts", "/alerts") })
            {
                Assert.Equal(200, (await page.GotoAsync(path))!.Status);
                faults.AddRange((await BrowserHere.PictureAsync(page, $"large-{name}-{suffix}")).Select(fault => $"{name} {suffix}: {fault}"));
                Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{name} is wider than the window");
            }

            await page.Context.CloseAsync();
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        await ActOnConnectorAsync();
    }

    private async Task ActOnConnectorAsync()
    {
        var page = await served.OpenAsync();
        await page.GotoAsync("/connectors/demo");
        await page.GetByText("10\u202F000\u202F000, ").First.WaitForAsync();
        await page.Locator("#events summary").First.ClickAsync();
        await page.GetByText("\"campaignID\":4711").First.WaitForAsync();
        var sheet = page.Locator("details.confirm", new PageLocatorOptions { HasText = "Give refused up" });
        await sheet.Locator("summary").ClickAsync();
        await sheet.Locator("input[name=reason]").FillAsync("the field is gone");
        await sheet.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Give refused up" }).ClickAsync();
        await page.GetByText("3 refused attributes are given up").First.WaitForAsync();
        Assert.Equal(0, await page.Locator("#letters").CountAsync());
        using var admin = served.Client(served.CommandLineToken);
        using var refused = await admin.PostAsync(new Uri("/api/v1/clients/demo/optimove/drop?reason=", UriKind.Relative), content: null);
        Assert.Contains("CL9576", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var traffic = await admin.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/clients/demo/optimove/traffic", UriKind.Relative));
        Assert.Equal(24, traffic.GetProperty("hours").GetArrayLength());
        await page.Context.CloseAsync();
    }

    private Task SeedExportsAsync(long client)
    {
        var cut = TimeProvider.System.NowMicroseconds() - (48L * 3_600_000_000);
        return served.Get<LedgerWriter>().WriteAsync(context =>
        {
            for (var i = 1; i <= 2; i++)
            {
                var files = Tables.Select((table, n) => new { table, name = $"2026030{i}_{table}.csv", rows = Many / (n + 1) * i, bytes = Many * 150 / (n + 1) * i, sha256 = Convert.ToHexStringLower(Guid.NewGuid().ToByteArray()).PadRight(64, '0') });
                context.Execute("INSERT INTO export_run (run_id, scope, label, cut_from, cut_to, published, manifest, recorded) VALUES ($1, $2, $3, $4, $5, 1, $6, $7)",
                    9000L + i, client.ToString(CultureInfo.InvariantCulture), $"2026030{i}", cut, cut + (i * 24L * 3_600_000_000) - 1, JsonSerializer.Serialize(new { files }), context.Stamp);
            }
        });
    }

    private async Task SeedConnectorAsync(long client)
    {
        using var admin = served.Client(served.CommandLineToken);
        using var saved = await admin.PutAsJsonAsync(new Uri("/api/v1/clients/demo/optimove", UriKind.Relative), new
        {
            apiKey = "a-key-of-nobody",
            connector = new { baseUrl = "https://optimove.invalid", timeZone = "Europe/Berlin", channels = new[] { new { channelId = 504, medium = "EMAIL" } }, templates = new[] { new { templateId = 234, source = Installation.Source } } },
        });
        Assert.True(saved.IsSuccessStatusCode, await saved.Content.ReadAsStringAsync());
        var now = TimeProvider.System.NowMicroseconds();
        await served.Get<LedgerWriter>().WriteAsync(context =>
        {
            for (var hour = 0; hour < 24; hour++)
            {
                var at = now - (hour * 3_600_000_000L);
                context.Execute("INSERT INTO optimove_batch (batch_id, client_id, secret_hash, customers, items, state, created_at) VALUES ($1, $2, $3, 1, $4, $5, $6)",
                    900_000L + hour, client, "hash" + hour.ToString(CultureInfo.InvariantCulture), hour == 0 ? Many - (Many / 24 * 23) : Many / 24, hour % 7 == 3 ? 5 : 2, at);
                for (var call = 0; call < 1 + (hour * 5 % 7); call++)
                {
                    context.Execute(
                        "INSERT INTO optimove_event (event_id, client_id, type, dedup_key, campaign, channel_id, occurred_at, received_at, state, reason, raw) VALUES ($1, $2, 13, $3, '4711', 504, $4, $4, $5, $6, $7)",
                        910_000L + (hour * 10) + call, client, $"{hour}/{call}", at - call, call % 4 == 3 ? 2 : 1, call % 4 == 3 ? "Expired" : null, """{"eventTypeID":13,"campaignID":4711,"channelID":504}"""u8.ToArray());
                }
            }

            context.Execute("INSERT INTO optimove_listener (client_id, event_type, channel_id, address, state, reason, registered_at, last_seen_at) VALUES ($1, 13, 504, 'https://example.org/optimove/event/***ab12', 'registered', NULL, $2, $2)", client, now);
            context.Execute("INSERT INTO optimove_listener (client_id, event_type, channel_id, address, state, reason, registered_at, last_seen_at) VALUES ($1, 11, 0, 'https://old.example.org/optimove/event/***cd34', 'registered', NULL, $2, $2)", client, now - 86_400_000_000);
            for (var i = 0; i < 3; i++)
                context.Execute("INSERT INTO optimove_dead_letter (letter_id, client_id, batch_id, customer, field, value, error, recorded) VALUES ($1, $2, 900000, $3, 'LAST_OPEN', 'x', 'INVALID_FIELD', $4)", 920_000L + i, client, "c" + i.ToString(CultureInfo.InvariantCulture), now);
        });
    }
}
