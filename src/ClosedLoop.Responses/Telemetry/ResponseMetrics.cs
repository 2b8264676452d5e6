using System.Diagnostics.Metrics;
using ClosedLoop.Model.Events;
using ClosedLoop.Model.Telemetry;

namespace ClosedLoop.Responses.Telemetry;

/// <summary>What comes back and goes out in files, measured.</summary>
internal static class ResponseMetrics
{
    private static readonly Counter<long> Received = HouseTelemetry.Meter.CreateCounter<long>("closedloop.response.received", "{response}", "Opens, clicks, unsubscribes and returned mails, by kind.");
    private static readonly Counter<long> Rows = HouseTelemetry.Meter.CreateCounter<long>("closedloop.export.rows", "{row}", "Rows of published response files, by table.");

    private static readonly Histogram<double> Export = HouseTelemetry.Meter.CreateHistogram<double>(
        "closedloop.export.duration", "s", "How long writing and publishing a set of response files took.", tags: null, HouseTelemetry.LongSeconds);

    public static void Tracked(TrackedEventKind kind, long count)
    {
        if (count > 0) Received.Add(count, new KeyValuePair<string, object?>("kind", WordFor(kind)));
    }

    public static void Returned(string kind) => Received.Add(1, new KeyValuePair<string, object?>("kind", kind));

    public static void Published(string table, long rows) => Rows.Add(rows, new KeyValuePair<string, object?>("table", table));

    public static void Exported(TimeSpan elapsed, bool published) => Export.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>("outcome", published ? "published" : "failed"));

    private static string WordFor(TrackedEventKind kind) => kind switch
    {
        TrackedEventKind.Open => "open",
        TrackedEventKind.Click => "click",
        TrackedEventKind.Unsubscribe => "unsubscribe",
        _ => "other",
    };
}
