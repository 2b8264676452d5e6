using System.Globalization;
using System.Text;
using ClosedLoop.Model.Files;

namespace ClosedLoop.Intake.Reports;

/// <summary>
/// The status of a file as text (closed-loop spec section 16.1): one <c>key: value</c> a line, fixed order, so that it can
/// be parsed. It holds no personal data but ids.
/// </summary>
public static class StatusText
{
    private const int ErrorsListed = 10;

    private static readonly char[] LineEnds = ['\r', '\n', '\v', '\f', '\u0085', '\u2028', '\u2029'];

    public static string NameFor(string fileName, bool test) => ReportName.Of(fileName, test, "status.txt");

    /// <summary><c>OK</c>, <c>WARNING</c>, <c>FAILED</c>, <c>WAITING</c> or <c>REJECTED</c>.</summary>
    public static string Verdict(FileStatus status)
    {
        ArgumentNullException.ThrowIfNull(status);
        if (status.Rejected is not null) return "REJECTED";
        if (status.Restart is not null) return "FAILED";
        if (status.Crossed is not null) return "WAITING";
        return status.Skipped > 0 || status.Warnings > 0 ? "WARNING" : "OK";
    }

    public static string Subject(FileStatus status)
    {
        ArgumentNullException.ThrowIfNull(status);
        return $"[closed-loop] {Verdict(status)} {status.File}";
    }

    public static string Body(FileStatus status)
    {
        ArgumentNullException.ThrowIfNull(status);
        var text = new StringBuilder(1024);
        Line(text, $"file: {status.File}");
        Line(text, $"client: {status.ClientId}");
        Line(text, $"state: {NameOf(status.State)}");
        if (status.Test) Line(text, $"test: yes");
        Line(text, $"received: {Time(status.Received)}");
        Line(text, $"processed: {Time(status.Processed)}");
        Line(text, $"records: {status.Records}");
        Line(text, $"imported: {status.Imported}");
        Line(text, $"skipped: {status.Skipped}");
        foreach (var g in status.Groups)
        {
            var start = g.Start is { } at ? Time(at) : status.Crossed is null ? "queued" : "approval";
            Line(text, $"group: source={g.SourceId} wave={g.WaveId} campaign={g.CampaignId} mailing={g.MailingId} list={g.ListId} total={g.Total} net={g.Net} skipped={g.Total - g.Net} start={start}");
        }

        Line(text, $"warnings: {status.Warnings}");
        Line(text, $"errors: {status.ErrorCount}");
        if (status.Crossed is { } crossed)
        {
            Line(text, $"crossed: {crossed}");
            if (status.Rejected is null) Line(text, $"decide: approve|replace|discard");
        }

        if (status.Rejected is not null || status.Restart is not null)
        {
            foreach (var error in status.Errors.Take(ErrorsListed)) Line(text, $"error: {error.Code} line {error.Line} {error.Message}");
        }

        // An operator's words must not look like further lines of the status.
        if (status.Rejected is { } reason) Line(text, $"reason: {string.Join(' ', reason.Split(LineEnds, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))}");
        if (status.Restart is { } restart)
        {
            Line(text, $"error-file: {ErrorFile.NameFor(status.File, status.Test)}");
            Line(text, $"restart: {restart.Words()}");
        }

        Line(text, $"log: {LogFile.NameFor(status.File, status.Test)}");
        return text.ToString();
    }

    /// <summary>A state as the specification spells it.</summary>
    public static string NameOf(FileState state) => state switch
    {
        FileState.FailedImport => "failed-import",
        FileState.FailedStart => "failed-start",
        FileState.AwaitingApproval => "awaiting-approval",
        _ => state.ToString().ToLowerInvariant(),
    };

    private static void Line(StringBuilder text, FormattableString line) =>
        text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
