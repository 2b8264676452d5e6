using System.Text;
using ClosedLoop.Intake.Reports;
using ClosedLoop.Model.Errors;
using ClosedLoop.Model.Files;

namespace ClosedLoop.Intake.Tests.Reports;

/// <summary>The formats of closed-loop spec section 16, character for character.</summary>
public sealed class Report_formats
{
    private static readonly DateTimeOffset Time = new(2026, 3, 2, 9, 10, 3, 999, TimeSpan.Zero);
    private static readonly FileProblem Error = new(ErrorCodes.E202, FileStep.Validate, 4, 3, 1, 71000000100, 501, "no @; \"quoted\"");

    [Fact]
    public void Error_file_ends_with_the_state_line()
    {
        var text = ErrorText([Error, FileProblem.OfFile(ErrorCodes.E308, FileStep.Validate, "none")], 7, RestartOptions.FailedImport);
        Assert.Equal(
            """"
            line;record;column;code;step;group;message
            "4";"3";"1";"E202";"validate";"71000000100/501";"no @; ""quoted"""
            ;;;"E308";"validate";;"none"
            ;;;"E199";"validate";;"7 further errors not listed"
            ;;;STATE;validate;;restart=retry|replace|discard

            """",
            text);
    }

    [Fact]
    public void Error_file_of_a_failed_start_offers_no_replacement() =>
        Assert.EndsWith("\n;;;STATE;validate;;restart=retry|discard\n", ErrorText([], 0, RestartOptions.FailedStart), StringComparison.Ordinal);

    [Fact]
    public void Group_without_a_wave_ends_with_the_slash() =>
        Assert.Contains("\"71000000100/\"", ErrorText([Error with { WaveId = null }], 0, RestartOptions.FailedImport), StringComparison.Ordinal);

    [Fact]
    public void Log_line_has_eight_columns()
    {
        Assert.Equal(
            "2026-03-02T09:10:03Z\tWARN\tW203\t4\t4\t71000000100\trec-4\tduplicate recipient in group, first record kept\n",
            LogFile.Format(new LogLine(Time, ErrorCodes.W203, 4, 4, 71000000100, ErrorCodes.W203.Text)));
        Assert.Equal("2026-03-02T09:10:03Z\tINFO\tL600\t-\t-\t-\t-\ta b c\n", LogFile.Format(new LogLine(Time, ErrorCodes.L600, 0, 0, null, "a\tb\nc")));
        Assert.StartsWith("2026-03-02T09:10:03Z\tERROR\tE202\t4\t3\t", LogFile.Format(LogLine.Of(Error, Time)), StringComparison.Ordinal);
    }

    [Fact]
    public void Status_of_a_started_file()
    {
        var status = new FileStatus
        {
            File = "20260302091000_subscribers.csv",
            ClientId = 90000000001,
            State = FileState.Started,
            Received = new(2026, 3, 2, 9, 8, 12, TimeSpan.Zero),
            Processed = Time,
            Records = 3,
            Imported = 3,
            Groups =
            [
                new() { SourceId = 71000000100, WaveId = 501, CampaignId = 71000000122, MailingId = 71000000123, ListId = 58000000045, Total = 2, Net = 2, Start = Time.AddSeconds(2) },
                new() { SourceId = 71000000100, WaveId = 502, CampaignId = 71000000124, MailingId = 71000000125, ListId = 58000000046, Total = 1, Net = 1 },
            ],
        };
        Assert.Equal("[closed-loop] OK 20260302091000_subscribers.csv", StatusText.Subject(status));
        Assert.Equal(
            """
            file: 20260302091000_subscribers.csv
            client: 90000000001
            state: started
            received: 2026-03-02 09:08:12
            processed: 2026-03-02 09:10:03
            records: 3
            imported: 3
            skipped: 0
            group: source=71000000100 wave=501 campaign=71000000122 mailing=71000000123 list=58000000045 total=2 net=2 skipped=0 start=2026-03-02 09:10:05
            group: source=71000000100 wave=502 campaign=71000000124 mailing=71000000125 list=58000000046 total=1 net=1 skipped=0 start=queued
            warnings: 0
            errors: 0
            log: 20260302091000_subscribers.log

            """,
            StatusText.Body(status));
        Assert.StartsWith("[closed-loop] WARNING ", StatusText.Subject(status with { Skipped = 1 }), StringComparison.Ordinal);
        Assert.StartsWith("[closed-loop] WARNING ", StatusText.Subject(status with { Warnings = 1 }), StringComparison.Ordinal);
    }

    [Fact]
    public void Status_of_a_failed_file_lists_the_first_ten_errors()
    {
        var status = new FileStatus
        {
            File = "20260302091000_subscribers.csv",
            ClientId = 1,
            State = FileState.FailedImport,
            Received = Time,
            Processed = Time,
            ErrorCount = 11,
            Errors = [.. Enumerable.Repeat(Error, 11)],
            Restart = RestartOptions.FailedImport,
        };
        var body = StatusText.Body(status);
        Assert.Equal("[closed-loop] FAILED 20260302091000_subscribers.csv", StatusText.Subject(status));
        Assert.Equal(10, body.Split("error: E202 line 4 no @; \"quoted\"\n").Length - 1);
        Assert.EndsWith(
            "errors: 11\n" + string.Concat(Enumerable.Repeat("error: E202 line 4 no @; \"quoted\"\n", 10))
            + "error-file: 20260302091000_subscribers.error.csv\nrestart: retry|replace|discard\nlog: 20260302091000_subscribers.log\n",
            body, StringComparison.Ordinal);
        Assert.Contains("state: failed-import\n", body, StringComparison.Ordinal);
    }

    private static string ErrorText(IReadOnlyList<FileProblem> errors, long leftOut, RestartOptions restart)
    {
        using var stream = new MemoryStream();
        ErrorFile.Write(stream, errors, leftOut, FileStep.Validate, restart);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
