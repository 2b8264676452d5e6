using ClosedLoop.Data.Events;
using ClosedLoop.Model.Verdicts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Responses.Verdicts;

/// <summary>Judges again what older rules have judged, once after each rise of <see cref="VerdictRules.Version"/>, in blocks between which others write.</summary>
public sealed partial class VerdictUpkeep(EventStore store, TimeProvider time, ILogger<VerdictUpkeep> logger) : BackgroundService
{
    /// <summary>Most events of one transaction.</summary>
    public const int Block = 500;

    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(1);
    private readonly ILogger _logger = logger;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var judged = 0L;
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = Between;
            try
            {
                var count = await store.JudgeAgainAsync(VerdictRules.Version, Block).ConfigureAwait(false);
                judged += count;
                if (count < Block)
                {
                    if (judged > 0) LogJudged(judged, VerdictRules.Version);
                    return;
                }
            }
#pragma warning disable CA1031 // verdicts of the past must not stop the service; the block is tried again
            catch (Exception cause)
#pragma warning restore CA1031
            {
                LogFailed(cause);
                wait = RetryAfter;
            }

            await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
