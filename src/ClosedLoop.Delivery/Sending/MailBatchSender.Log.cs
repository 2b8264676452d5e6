using Microsoft.Extensions.Logging;

namespace ClosedLoop.Delivery.Sending;

internal sealed partial class MailBatchSender
{
    [LoggerMessage(5002, LogLevel.Warning, "{Lane} is held until {Until:u}: {Reason}")]
    private partial void LogHeld(string lane, DateTimeOffset until, string reason);
}
