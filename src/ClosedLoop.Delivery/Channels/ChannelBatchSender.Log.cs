using Microsoft.Extensions.Logging;

namespace ClosedLoop.Delivery.Channels;

internal sealed partial class ChannelBatchSender
{
    [LoggerMessage(5201, LogLevel.Warning, "{Lane} is held until {Until:u}: {Reason}")]
    private partial void LogHeld(string lane, DateTimeOffset until, string reason);

    [LoggerMessage(5202, LogLevel.Error, "CL4204 the way to {Provider} broke while it had a message; the recipient is in doubt")]
    private partial void LogBroken(Exception cause, string provider);
}
