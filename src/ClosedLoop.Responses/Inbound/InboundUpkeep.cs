using ClosedLoop.Data.Inbound;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Mail.Inbound;
using ClosedLoop.Model;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Responses.Inbound;

/// <summary>What time does: raw mails older than the retention go, also those read from a Maildir, and soft counters fall back after quiet days.</summary>
public sealed partial class InboundUpkeep(InboundStore store, BounceCounters counters, InboundOptions options, TimeProvider time, ILogger<InboundUpkeep> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    private readonly ILogger _logger = logger;

    /// <summary>Does what is due now.</summary>
    /// <returns>How many raw mails were removed and how many counters fell.</returns>
    public async Task<(int Removed, int Decayed)> RunAsync(CancellationToken cancellation)
    {
        var now = time.NowMicroseconds();
        var decayed = await counters.DecayAsync(now - (long)options.SoftDecay.TotalMicroseconds).ConfigureAwait(false);
        var removed = 0;
        while (!cancellation.IsCancellationRequested)
        {
            var old = store.OlderThan(now - (long)options.Retention.TotalMicroseconds, 500);
            if (old.Count == 0) break;

            // The file first: a path that is gone from the register could never be cleaned up.
            foreach (var mail in old) File.Delete(Path.Combine(options.Directory, mail.Path!));
            await store.ForgetAsync([.. old.Select(mail => mail.Id)]).ConfigureAwait(false);
            removed += old.Count;
        }

        // What was read from a Maildir is personal wherever it lies.
        if (options.Maildir is { } maildir) removed += new MaildirReader(maildir, options.MaxMessageBytes).RemoveSeen(time.GetUtcNow() - options.Retention);
        if (removed + decayed > 0) LogDone(removed, decayed);
        return (removed, decayed);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        RecurringWork.RunAsync(RunAsync, Interval, time, LogFailed, stoppingToken);
}
