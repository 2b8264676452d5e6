using Microsoft.Extensions.Logging;

namespace ClosedLoop.Optimove.Inbound;

/// <summary>Log lines of the listener endpoint. None has an app key, a customer or a body.</summary>
internal sealed partial class ListenerLog(ILogger<ListenerLog> logger)
{
    private readonly ILogger _logger = logger;

    [LoggerMessage(9011, LogLevel.Warning, "CL9014: {Client}: a call of Optimove could not be understood: {Cause}")]
    public partial void NotUnderstood(string client, string cause);

    [LoggerMessage(9012, LogLevel.Warning, "{Client}: a call says type {Said}, its address was registered for {Registered}; the body counts")]
    public partial void TypeDiffers(string client, int said, int registered);

    [LoggerMessage(9013, LogLevel.Error, "CL9016: {Client}: a call of Optimove could not be stored and was answered 503")]
    public partial void NotStored(string client, Exception error);

    [LoggerMessage(9014, LogLevel.Information, "{Client}: a call of type {Type} is ignored: {Why}")]
    public partial void Ignored(string client, int type, string why);
}
