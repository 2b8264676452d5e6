using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using ClosedLoop.Scenarios.Support;

namespace ClosedLoop.Scenarios;

/// <summary>What a running service tells those who watch it, and what it never tells.</summary>
public sealed partial class Observed
{
    private static readonly string[] Addresses = ["anna@gmail.com", "reader@example.org", "hard.1@example.org"];

    [Fact]
    public async Task Metrics_traces_and_logs_reach_a_collector_and_name_nobody()
    {
        using var installation = await Installation.CreateAsync();
        using var collector = new CollectorDouble();
        installation.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address;
        installation.Environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        installation.Environment["OTEL_METRIC_EXPORT_INTERVAL"] = "500";
        installation.Environment["OTEL_BSP_SCHEDULE_DELAY"] = "500";
        await using var silo = await SiloProcess.StartAsync(installation);
        await SendAsync(installation, silo);
        await installation.ExportAsync(silo);

        await Eventually.ThatAsync("metrics at the collector", () => collector.Names("metrics").IsSupersetOf(
            ["closedloop.file.processed", "closedloop.file.rows", "closedloop.message.sent", "closedloop.message.delivery.duration", "closedloop.queue.depth", "closedloop.queue.oldest.age", "closedloop.export.rows", "closedloop.poll.duration"]), silo);
        await Eventually.ThatAsync("traces at the collector", () => collector.Names("traces").IsSupersetOf(["file", "file.import", "batch", "export"]), silo);
        await silo.TerminateAsync();

        Assert.Contains(collector.Names("logs"), line => line.Contains("has finished", StringComparison.Ordinal));
        Assert.All(Addresses, address => Assert.DoesNotContain(address, collector.Everything(), StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task The_page_of_metrics_counts_what_happened_and_names_nobody()
    {
        using var installation = await Installation.CreateAsync();
        await using var silo = await SiloProcess.StartAsync(installation);
        foreach (var path in new[] { "/healthz", "/startupz", "/readyz" }) Assert.Equal(HttpStatusCode.OK, await StatusAsync(silo, path));
        await SendAsync(installation, silo);

        using var response = await silo.SendAsync(HttpMethod.Get, "/metrics");
        var page = await response.Content.ReadAsStringAsync();
        using var world = new HttpClient();
        using var elsewhere = await world.GetAsync(new Uri(installation.Address + "/metrics"));
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);

        Assert.StartsWith("text/plain", response.Content.Headers.ContentType!.ToString(), StringComparison.Ordinal);
        Assert.Equal(3, page.Split('\n').Where(line => line.StartsWith("closedloop_message_sent_total{", StringComparison.Ordinal)).Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture)));
        Assert.Contains("closedloop_message_sent_total{outcome=\"sent\",provider=\"google\",channel=\"mail\"} 1\n", page, StringComparison.Ordinal);
        Assert.Contains("closedloop_file_processed_total{kind=\"recipients\",outcome=\"archived\"} 1\n", page, StringComparison.Ordinal);
        Assert.Contains("closedloop_queue_depth{state=\"waiting\"} ", page, StringComparison.Ordinal);
        Assert.DoesNotContain('@', page);
        var mailing = installation.Books.Scalar("SELECT mailing_id FROM mailing").ToString(CultureInfo.InvariantCulture);
        Assert.DoesNotContain(page.Split('\n'), line => line.StartsWith("closedloop_", StringComparison.Ordinal) && line.Contains(mailing, StringComparison.Ordinal));
        Assert.All(page.Split('\n').Where(line => line.Length > 0 && line[0] != '#'), line => Assert.Matches(Line(), line));
    }

    [Fact]
    public async Task Without_metrics_there_is_no_page()
    {
        using var installation = await Installation.CreateAsync();
        installation.Settings.Add("Telemetry:Metrics=Off");
        await using var silo = await SiloProcess.StartAsync(installation);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(silo, "/metrics"));
    }

    private static async Task SendAsync(Installation installation, SiloProcess silo)
    {
        var file = installation.Drop(Addresses.Select(address => Installation.Row(address)));
        await Eventually.ThatAsync("end of the mailing", () => installation.Books.IsFinished(file), silo);
    }

    private static async Task<HttpStatusCode> StatusAsync(SiloProcess silo, string path)
    {
        using var response = await silo.SendAsync(HttpMethod.Get, path);
        return response.StatusCode;
    }

    /// <summary>Name, labels and value as the exposition format wants them.</summary>
    [GeneratedRegex(@"^[a-z_][a-z0-9_]*(\{([a-z_]+=""([^""\\\n]|\\.)*"",?)+\})? (-?[0-9.E+-]+|NaN|\+Inf)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Line();
}
