using Microsoft.Extensions.Logging;

namespace ClosedLoop.Delivery.Sending;

internal sealed partial class RelayPools
{
    [LoggerMessage(5003, LogLevel.Warning, "CL5003: the TLS handshake with relay {Host}:{Port} failed and the mail goes in clear text, because relay.tls is opportunistic: {Cause}")]
    private partial void LogClearText(string host, int port, string cause);

    [LoggerMessage(5004, LogLevel.Warning, "CL5004: relay {Host}:{Port} offers CHUNKING and refuses it; DATA is used until the service starts again")]
    private partial void LogNoChunking(string host, int port);
}
