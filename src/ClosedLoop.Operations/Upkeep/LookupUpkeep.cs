using ClosedLoop.Data.Lookup;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Operations.Upkeep;

/// <summary>Keeps the index of addresses and the sums of ended mailings behind the imports and the sending, gently.</summary>
internal sealed partial class LookupUpkeep(AddressIndex index, MailingFigures figures, TimeProvider time, ILogger<LookupUpkeep> logger) : BackgroundService
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);

    /// <summary>Between two parts of one import: leaves the writer to sending for most of the time.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var moved = false;
            try
            {
                moved = await index.CatchUpAsync() > 0;
                if (!moved) await figures.CatchUpAsync();
            }
#pragma warning disable CA1031 // what is behind is found again, and a screen says so meanwhile
            catch (Exception e)
#pragma warning restore CA1031
            {
                LogFailed(e);
            }

            await Task.Delay(moved ? Breath : Idle, time, stoppingToken);
        }
    }

    [LoggerMessage(9501, LogLevel.Warning, "the index of addresses could not be kept up and is tried again")]
    private partial void LogFailed(Exception error);
}
