using ClosedLoop.Data.Files;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Model;
using ClosedLoop.Model.Errors;
using ClosedLoop.Model.Files;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Intake.Files;

/// <summary>When the copies of a file start (closed-loop spec section 7).</summary>
public sealed partial class FileIntake
{
    /// <summary>
    /// Decided when everything is in and before dispatch hears of the mailing. A repetition decides again: until then no time was promised to
    /// anybody, and one that a failed start has let pass would be a surprise.
    /// </summary>
    private async Task ScheduleAsync(FileWork work, MailingRow mailing)
    {
        var source = definitions.FindSource(mailing.SourceId, mailing.SourceVersion)?.Value;
        var client = definitions.FindClient(mailing.ClientId, mailing.ClientVersion)?.Value;
        if (source is null || client is null || StartRule.TryParse(source.Start) is not { } rule) return;
        var zone = client.TimeZone ?? client.Export.TimeZone;
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found))
        {
            throw new IntakeFailure(
                FileState.FailedStart, FileStep.Start, ErrorCodes.E405, $"mailing {mailing.MailingId}: this machine does not know the zone '{zone}' of its start time (timeZone of the client)");
        }

        var (at, past) = rule.Decide(time.NowMicroseconds(), found);
        await writer.WriteAsync(context =>
        {
            MailingStore.Schedule(context, mailing.MailingId, at);
            if (!past) return;
            FileRegister.Warn(context, mailing.FileId, new FileProblem(
                ErrorCodes.W407, FileStep.Start, 0, 0, 0, mailing.SourceId, mailing.WaveId, $"source mailing {mailing.SourceId}: its start '{source.Start}' is over; the mailing starts at once"));
        });
        if (past) work.File = Found(mailing.FileId);
    }
}
