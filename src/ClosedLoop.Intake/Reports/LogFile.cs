using System.Globalization;
using System.Text;

namespace ClosedLoop.Intake.Reports;

/// <summary>The log file (closed-loop spec section 16.2): one event per line, columns separated by tabs, <c>-</c> for none.</summary>
public static class LogFile
{
    public static string NameFor(string fileName, bool test) => ReportName.Of(fileName, test, "log");

    public static string Format(LogLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var level = line.Code.IsError ? "ERROR" : line.Code.IsWarning ? "WARN" : "INFO";
        var text = new StringBuilder(160)
            .Append(line.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)).Append('\t')
            .Append(level).Append('\t')
            .Append(line.Code.Code).Append('\t')
            .Append(Number(line.Line)).Append('\t')
            .Append(Number(line.Record)).Append('\t')
            .Append(line.Mailing is { } id ? id.ToString(CultureInfo.InvariantCulture) : "-").Append('\t')
            .Append(line.Record == 0 ? "-" : "rec-" + Number(line.Record)).Append('\t');

        // One event is one line of eight columns, whatever a message holds.
        foreach (var c in line.Text) text.Append(char.IsControl(c) ? ' ' : c);
        return text.Append('\n').ToString();
    }

    public static void Write(Stream stream, IEnumerable<LogLine> lines)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(lines);
        foreach (var line in lines) stream.Write(Encoding.UTF8.GetBytes(Format(line)));
    }

    private static string Number(long value) => value == 0 ? "-" : value.ToString(CultureInfo.InvariantCulture);
}
