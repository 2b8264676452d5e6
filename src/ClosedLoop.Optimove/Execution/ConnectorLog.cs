using Microsoft.Extensions.Logging;

namespace ClosedLoop.Optimove.Execution;

/// <summary>Log lines of connectors. None has a key, an address of a listener or a customer.</summary>
internal sealed partial class ConnectorLog(ILogger<ConnectorLog> logger)
{
    private readonly ILogger _logger = logger;

    [LoggerMessage(9030, LogLevel.Information, "{Client}: the connector to Optimove is {State}")]
    public partial void Moved(string client, string state);

    [LoggerMessage(9031, LogLevel.Error, "CL9031: {Client}: Optimove does not know the key ({Cause}); nothing is asked until a connector with another key is saved")]
    public partial void KeyRefused(string client, string cause);

    [LoggerMessage(9032, LogLevel.Warning, "CL9032: {Client}: the key may not call {Call}; the rest of the connector goes on")]
    public partial void NotAllowed(string client, string call);

    [LoggerMessage(9033, LogLevel.Warning, "CL9033: {Client}: {Count} listeners could not be registered and are tried again at {Next:u}: {Cause}")]
    public partial void Degraded(string client, int count, DateTimeOffset next, string cause);

    [LoggerMessage(9034, LogLevel.Information, "{Client}: listener of event {EventType}, channel {Channel} is {What}")]
    public partial void Listener(string client, int eventType, int channel, string what);

    [LoggerMessage(9035, LogLevel.Information, "{Client}: channel {Channel}: {Added} templates told, {Removed} taken back")]
    public partial void Templates(string client, int channel, int added, int removed);

    [LoggerMessage(9036, LogLevel.Warning, "CL9036: {Client}: Optimove has no attribute {Name}; check params and hooks")]
    public partial void UnknownAttribute(string client, string name);

    [LoggerMessage(9040, LogLevel.Information, "{Client}: campaign {Campaign} on channel {Channel}: {Received} customers read, {Planned} planned, {Control} of the control group, {Unknown} unknown, {Refused} without consent or address, {Failed} without template, {Expired} too late")]
    public partial void Planned(string client, string campaign, int channel, long received, long planned, long control, long unknown, long refused, long failed, long expired);

    [LoggerMessage(9041, LogLevel.Warning, "CL9041: {Client}: campaign {Campaign} on channel {Channel} could not be read and is tried again at {Next:u}: {Cause}")]
    public partial void PutOff(string client, string campaign, int channel, DateTimeOffset next, string cause);

    [LoggerMessage(9042, LogLevel.Error, "CL9042: {Client}: campaign {Campaign} on channel {Channel} has failed: {Cause}")]
    public partial void CampaignFailed(string client, string campaign, int channel, string cause);

    [LoggerMessage(9043, LogLevel.Error, "CL9043: {Client}: template {Template} cannot be sent: {Cause}")]
    public partial void TemplateFailed(string client, int template, string cause);

    [LoggerMessage(9044, LogLevel.Warning, "CL9044: {Client}: campaign {Campaign}: {Count} customers name templates that are not there: {Templates}")]
    public partial void TemplatesUnknown(string client, string campaign, int count, string templates);

    [LoggerMessage(9045, LogLevel.Information, "{Client}: campaign {Campaign} on channel {Channel} was cancelled before all of it was read; nobody of it is sent to")]
    public partial void CancelledBeforehand(string client, string campaign, int channel);

    [LoggerMessage(9046, LogLevel.Warning, "CL9046: {Client}: attributes that triggers lack could not be read: {Cause}; what becomes of the messages is missingAttributes of the connector")]
    public partial void AttributesNotRead(string client, string cause);

    [LoggerMessage(9050, LogLevel.Error, "CL9050: {Client}: {Count} results are in doubt, because the answer to {Call} did not come ({Cause}); they are not posted again by themselves, see closedloop optimove replay")]
    public partial void InDoubt(string client, int count, string call, string cause);

    [LoggerMessage(9051, LogLevel.Error, "CL9051: {Client}: Optimove refused {Count} results: {Cause}")]
    public partial void ResultsRefused(string client, int count, string cause);

    [LoggerMessage(9052, LogLevel.Error, "CL9052: {Client}: Optimove refused a request with {Count} attributes, which are kept aside: {Cause}")]
    public partial void AttributesRefused(string client, int count, string cause);

    [LoggerMessage(9053, LogLevel.Warning, "CL9053: {Client}: {What} is tried again: {Cause}")]
    public partial void TriedAgain(string client, string what, string cause);

    [LoggerMessage(9054, LogLevel.Error, "CL9054: {Client}: Optimove was not told of {Count} opt-outs: {Cause}; here they hold all the same")]
    public partial void PreferencesRefused(string client, int count, string cause);

    [LoggerMessage(9055, LogLevel.Warning, "CL6121: {Client}: another silo has the connector now; this one does nothing more for it")]
    public partial void Overtaken(string client);

    [LoggerMessage(9060, LogLevel.Error, "CL9060: {Client}: the connector's work '{Work}' broke off and is taken up again")]
    public partial void Broke(string client, string work, Exception error);
}
