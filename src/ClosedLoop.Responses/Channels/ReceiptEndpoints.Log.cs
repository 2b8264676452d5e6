using Microsoft.Extensions.Logging;

namespace ClosedLoop.Responses.Channels;

internal sealed partial class ReceiptEndpoints
{
    [LoggerMessage(8201, LogLevel.Warning, "CL4212 a report of an SMS provider for '{Client}' was refused: no such entry, or its signature or secret is wrong")]
    private partial void LogRefused(string client);
}
