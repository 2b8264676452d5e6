using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Files;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Intake.Zones;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Intake.Reports;

/// <summary>Tells the customer what happened to a mailing after its file was done with, in the log of that file.</summary>
public sealed partial class MailingLog(FileRegister register, MailingStore mailings, DefinitionStore definitions, IDropZones zones, TimeProvider time, ILogger<MailingLog> logger)
{
    /// <summary>Adds a line. A folder that cannot be reached now is no reason to undo what was done: the line is then in the service's log only.</summary>
    /// <param name="mailingId">The mailing.</param>
    /// <param name="code">What happened.</param>
    /// <param name="text">One line, without personal data.</param>
    public async Task AddAsync(long mailingId, ErrorCode code, string text)
    {
        ArgumentNullException.ThrowIfNull(code);
        try
        {
            if (mailings.Find(mailingId) is not { } mailing || register.Find(mailing.FileId) is not { } file) return;
            var zone = zones.Open(definitions.FindClient(mailing.ClientId)!.Value);
            await LogAppending.AppendAsync(zone, file.Name, file.Test, [new LogLine(time.GetUtcNow(), code, 0, 0, mailingId, text)]);
        }
        catch (Exception e) when (e is IOException or ZoneUnavailableException or UnauthorizedAccessException)
        {
            LogNotWritten(mailingId, code.Code, text, e);
        }
    }

    [LoggerMessage(1131, LogLevel.Warning, "the line {Code} about mailing {MailingId} could not be added to the log of its file: {Text}")]
    private partial void LogNotWritten(long mailingId, string code, string text, Exception error);
}
