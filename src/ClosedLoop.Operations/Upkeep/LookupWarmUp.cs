using ClosedLoop.Data.Privacy;
using ClosedLoop.Operations.Reading;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Operations.Upkeep;

/// <summary>
/// Looks somebody up once when the service has started, so that the first operator does not wait for what is made at the first look: compiled code, a connection, the upper pages of the indexes.
/// </summary>
internal sealed partial class LookupWarmUp(RecipientReader recipients, ILogger<LookupWarmUp> logger) : BackgroundService
{
    /// <summary>Somebody who is nobody, which also works on an empty database, and then the first recipient of the newest mailing.</summary>
    public static void Look(RecipientReader recipients)
    {
        recipients.Look(PersonErasure.Nobody, clientId: null);
        recipients.LookAtNewest();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Nobody's start waits for it.
        await Task.Yield();
        try
        {
            Look(recipients);
        }
#pragma warning disable CA1031 // a look-up that is slower once harms nobody
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogFailed(e);
        }
    }

    [LoggerMessage(9509, LogLevel.Debug, "the first look-up of a recipient will be slower: it could not be tried now")]
    private partial void LogFailed(Exception error);
}
