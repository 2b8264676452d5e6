using ClosedLoop.Data.Delivery;
using ClosedLoop.Data.Silos;
using ClosedLoop.Model;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Delivery.Sending.Lanes;

/// <summary>
/// Asks for this silo's part of every limit, and takes over what other silos hold. A part that cannot be renewed ends by this silo's own clock, before it can be given to another.
/// </summary>
internal sealed partial class LimitSharing(
    DeliveryLanes lanes, LimitShareStore shares, LaneStore holds, LaneLimitStore limits, string silo, TimeSpan lease, TimeProvider time, ILogger<LimitSharing> logger) : BackgroundService
{
    private readonly ILogger _logger = logger;

    /// <summary>Between two looks for limits that are new here: somebody waits for a part.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private long _renewed;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);

        // The others need not wait for the end of the lease. Sending has stopped before: this service was started after the grains.
        await shares.ReleaseAsync(silo).WaitAsync(TimeSpan.FromSeconds(5), time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>One look; asks when it is time, or a limit is new or wanted anew.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var (claims, owners) = Claims();
        var wanted = claims.Where(claim => claim is { Wanted: true, Held: 0 }).Select(claim => claim.Name).ToList();
        var isNew = wanted.Exists(_known.Add);
        if (!isNew && time.NowMicroseconds() - _renewed < (long)(lease / 4).TotalMicroseconds) return;
        _known.IntersectWith(wanted);
        _renewed = time.NowMicroseconds();
        if (claims.Count > 0)
        {
            // Counted from before the question, and an eighth short.
            var until = _renewed + (long)(lease * 7 / 8).TotalMicroseconds;
            var units = await shares.TakeAsync(silo, claims, lease).ConfigureAwait(false);
            for (var i = 0; i < units.Length; i++) owners[i].Grant(claims[i].Name, units[i], until);
        }

        // In this order: a relay that is opened, or a rate that is set, after the record was read is not put back to it.
        var relays = lanes.All().ToList();
        var decisions = lanes.Decisions;
        var set = limits.All();
        var stored = holds.All().ToDictionary(hold => hold.Name, StringComparer.Ordinal);
        foreach (var relay in relays) relay.Adopt(stored);
        lanes.Adopt(relays, set, decisions);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RecurringWork.RunAsync(LookAsync, Look, time, LogFailed, stoppingToken);

    private (List<LimitClaim> Claims, List<Lane> Owners) Claims()
    {
        var claims = new List<LimitClaim>();
        var owners = new List<Lane>();
        foreach (var lane in lanes.All().SelectMany(relay => relay.Lanes()))
        {
            lane.AddClaims(claims);
            while (owners.Count < claims.Count) owners.Add(lane);
        }

        return (claims, owners);
    }

    [LoggerMessage(5007, LogLevel.Warning, "this silo's parts of the limits could not be renewed now; when their time is over, nothing leaves by limited lanes")]
    private partial void LogFailed(Exception error);
}
