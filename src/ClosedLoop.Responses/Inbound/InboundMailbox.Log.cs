using ClosedLoop.Data.Inbound;
using ClosedLoop.Mail.Bounces;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Responses.Inbound;

public sealed partial class InboundMailbox
{
    [LoggerMessage(4501, LogLevel.Information, "Returned mail {Id} from {Source}: {Kind}, {Outcome}, mailing {MailingId}, recipient {Sequence}, by {How}")]
    private partial void LogTaken(long id, string source, ReturnedMailKind kind, InboundOutcome outcome, long? mailingId, int? sequence, string how);

    [LoggerMessage(4502, LogLevel.Information, "A returned mail from {Source} was registered before: {Hash}")]
    private partial void LogRepeated(string source, string hash);
}
