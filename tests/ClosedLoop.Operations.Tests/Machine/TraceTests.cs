using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ClosedLoop.Data.Delivery;
using ClosedLoop.Model;
using ClosedLoop.Operations.Reading;
using ClosedLoop.Operations.Tests.Support;

namespace ClosedLoop.Operations.Tests.Machine;

/// <summary>A connection to the relay is written down when somebody asks for it.</summary>
public sealed class TraceTests(ServedHere served) : IClassFixture<ServedHere>
{
    [Fact]
    public async Task The_next_connection_is_written_down_and_only_that_one()
    {
        using var admin = served.Client(served.CommandLineToken);
        using (var silent = await admin.PostAsync(new Uri("/api/v1/clients/demo/lanes/trace", UriKind.Relative), content: null)) Assert.Equal(HttpStatusCode.BadRequest, silent.StatusCode);
        using (var answer = await admin.PostAsync(new Uri("/api/v1/clients/demo/lanes/trace?reason=mail%20is%20slow", UriKind.Relative), content: null)) Assert.True((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("done").GetBoolean());
        Assert.Equal("waiting", Assert.Single(await TracesAsync(admin)).GetProperty("state").GetString());

        // The sender hears of it within two seconds; until then it sends as it always does.
        for (var wave = 501; (await TracesAsync(admin))[0].GetProperty("state").GetString() == "waiting"; wave++)
        {
            served.Installation.Drop([Installation.Row("anna.berg@example.org", wave), Installation.Row("ben@example.org", wave)]);
            await Eventually.ThatAsync("mailing", async () => await FinishedAsync(admin) == wave - 500);
            await Task.Delay(TimeSpan.FromMilliseconds(500));
        }

        await Eventually.ThatAsync("conversation", async () => Texts((await TracesAsync(admin))[0]).Exists(line => line.StartsWith("C RCPT TO", StringComparison.Ordinal)));
        var trace = Assert.Single(await TracesAsync(admin));
        var lines = Texts(trace);
        Assert.Equal(("demo", "mail is slow"), (trace.GetProperty("client").GetString(), trace.GetProperty("reason").GetString()));
        Assert.Contains(lines, line => line.StartsWith("S 220", StringComparison.Ordinal));
        Assert.Contains("C RCPT TO:<a…@example.org>", lines);
        Assert.DoesNotContain(lines, line => line.Contains("berg", StringComparison.OrdinalIgnoreCase));
        Assert.Contains("lane.trace", await admin.GetStringAsync(new Uri("/api/v1/audit", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_processes_the_first_to_store_has_it_and_after_a_day_it_is_gone()
    {
        var traces = served.Get<ConnectionTraceStore>();
        var now = TimeProvider.System.NowMicroseconds();
        var old = await traces.OrderAsync(7, "vera", "why", now - 90_000_000_000, now - 89_000_000_000);
        var id = await traces.OrderAsync(8, "vera", "why", now, now + 60_000_000);
        Assert.DoesNotContain(traces.Lately(now), trace => trace.TraceId == old);
        Assert.True(await traces.WriteAsync(id, "one/1", "[]", hasEnded: false));
        Assert.False(await traces.WriteAsync(id, "two/2", """[{"at":1,"from":"S","text":"220"}]""", hasEnded: true));
        Assert.DoesNotContain(traces.Waiting(now), trace => trace.TraceId == id);
        Assert.True(await traces.WriteAsync(id, "one/1", "[]", hasEnded: true));
        Assert.Equal(("one/1", true, "[]"), traces.Lately(now).Where(trace => trace.TraceId == id).Select(trace => (trace.Process, trace.HasEnded, trace.Lines)).Single());
        await traces.PruneAsync(now + 86_500_000_000);
        Assert.DoesNotContain(traces.Lately(now), trace => trace.TraceId == id);
    }

    [Fact]
    public async Task What_a_killed_process_wrote_down_does_not_run_for_ever()
    {
        var traces = served.Get<ConnectionTraceStore>();
        var now = TimeProvider.System.NowMicroseconds();
        var killed = await traces.OrderAsync(9, "vera", "why", now - 1_300_000_000, now - 700_000_000);
        Assert.True(await traces.WriteAsync(killed, "one/1", "[]", hasEnded: false));
        var late = await traces.OrderAsync(9, "vera", "why", now - 700_000_000, now - 100_000_000);
        Assert.True(await traces.WriteAsync(late, "one/1", "[]", hasEnded: false));
        Assert.Equal([(late, "running"), (killed, "lost")], served.Get<TraceReader>().Lately(9).Select(story => (story.Trace.TraceId, story.State)));
    }

    private static async Task<List<JsonElement>> TracesAsync(HttpClient client) => [.. (await client.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/lanes/traces", UriKind.Relative))).EnumerateArray().Where(trace => trace.GetProperty("client").GetString() == "demo")];

    private static async Task<int> FinishedAsync(HttpClient client) => (await client.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/mailings?state=finished", UriKind.Relative))).GetProperty("items").GetArrayLength();

    private static List<string> Texts(JsonElement trace) => [.. trace.GetProperty("lines").EnumerateArray().Select(line => $"{line.GetProperty("from").GetString()} {line.GetProperty("text").GetString()}")];
}
