using System.Diagnostics.Metrics;
using ClosedLoop.Model.Files;
using ClosedLoop.Model.Telemetry;

namespace ClosedLoop.Intake.Telemetry;

/// <summary>What the intake measures.</summary>
internal static class IntakeMetrics
{
    private static readonly Counter<long> Processed = HouseTelemetry.Meter.CreateCounter<long>("closedloop.file.processed", "{file}", "Files that reached an end, or a guard rail that holds them, by kind and outcome.");
    private static readonly Counter<long> Rows = HouseTelemetry.Meter.CreateCounter<long>("closedloop.file.rows", "{row}", "Rows of recipient files, by outcome.");

    private static readonly Histogram<double> Poll = HouseTelemetry.Meter.CreateHistogram<double>(
        "closedloop.poll.duration", "s", "How long a look into a client's folder took.", tags: null, HouseTelemetry.Seconds);

    public static void FileEnded(bool products, FileState state) => Processed.Add(1, new("kind", products ? "product" : "recipients"), new("outcome", state switch
    {
        FileState.Archived => "archived",
        FileState.FailedImport or FileState.FailedStart => "failed",
        FileState.AwaitingApproval => "held",
        _ => "other",
    }));

    public static void RowsRead(long accepted, long rejected)
    {
        Rows.Add(accepted, new KeyValuePair<string, object?>("outcome", "accepted"));
        Rows.Add(rejected, new KeyValuePair<string, object?>("outcome", "rejected"));
    }

    public static void Polled(TimeSpan elapsed, bool reached) => Poll.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>("outcome", reached ? "ok" : "unreachable"));
}
