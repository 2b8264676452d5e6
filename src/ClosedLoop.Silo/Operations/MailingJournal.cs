using ClosedLoop.Intake.Reports;
using ClosedLoop.Model.Errors;
using ClosedLoop.Operations.Ports;

namespace ClosedLoop.Silo.Operations;

/// <summary>The log that a client gets with its file.</summary>
internal sealed class MailingJournal(MailingLog log) : IMailingJournal
{
    public Task ResentAsync(long mailingId, string text) => log.AddAsync(mailingId, ErrorCodes.R701, text);
}
