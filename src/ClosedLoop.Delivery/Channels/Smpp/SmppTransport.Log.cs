using Microsoft.Extensions.Logging;

namespace ClosedLoop.Delivery.Channels.Smpp;

internal sealed partial class SmppTransport
{
    [LoggerMessage(5211, LogLevel.Information, "bound to the message centre {Host}:{Port} as {SystemId}")]
    private partial void LogBound(string host, int port, string systemId);

    [LoggerMessage(5212, LogLevel.Error, "CL4210 what the message centre {Host} delivered could not be stored; it keeps it and tries again")]
    private partial void LogNotStored(Exception cause, string host);
}
