using System.Globalization;
using ClosedLoop.Data.Alarms;
using ClosedLoop.Model;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Watching;

/// <summary>
/// The standing invariant: at all times accepted = sum over the states. Counts what moved since the last check, and with each check some of
/// everything else, so that nothing stays unlooked at.
/// </summary>
internal sealed partial class BalanceWatch(BalanceReader balance, AlarmDesk desk, SiloSettings settings, TimeProvider time, ILogger<BalanceWatch> logger) : BackgroundService
{
    public const string Scope = "balance";

    /// <summary>A stamp is taken when a transaction begins and seen when it ends; looks overlap by this many microseconds.</summary>
    private const long Overlap = 60_000_000;

    /// <summary>How far back the first check goes; what is older is the walk's, or a start would count years of mailings at once.</summary>
    private const long FirstLook = 86_400_000_000;

    private long _since;
    private long _lastMailing;
    private long _lastFile;

    /// <summary>One check.</summary>
    /// <returns>What is wrong now.</returns>
    public async Task<IReadOnlyList<Alarm>> RunAsync()
    {
        var began = time.NowMicroseconds();
        if (_since == 0) _since = began - FirstLook;
        var known = desk.Of(Scope);
        var mailings = new SortedSet<long>(balance.MailingsMoved(_since));
        var files = new SortedSet<long>(balance.FilesMoved(_since));
        _lastMailing = Sweep(mailings, balance.MailingsAfter(_lastMailing, settings.Watch.SweepCount));
        _lastFile = Sweep(files, balance.FilesAfter(_lastFile, settings.Watch.SweepCount));

        // What was wrong is looked at every time: an alarm is over only when the numbers are seen to add up again.
        foreach (var alarm in known) (alarm.Subject.StartsWith("file/", StringComparison.Ordinal) ? files : mailings).Add(NumberOf(alarm));
        List<Alarm> found = [];
        foreach (var mailing in mailings)
        {
            if (balance.CheckMailing(mailing) is { } alarm) found.Add(alarm);
        }

        foreach (var file in files)
        {
            if (balance.CheckFile(file) is { } alarm) found.Add(alarm);
        }

        await desk.ReplaceAsync(Scope, found, mailings.Count + files.Count);
        _since = began - Overlap;
        return found;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        RecurringWork.RunAsync(_ => RunAsync(), TimeSpan.FromSeconds(settings.Watch.IntervalSeconds), time, LogFailed, stoppingToken);

    /// <summary>Takes the next of the walk along; behind the last one it begins anew.</summary>
    private static long Sweep(SortedSet<long> ids, IReadOnlyList<long> next)
    {
        ids.UnionWith(next);
        return next.Count == 0 ? 0 : next[^1];
    }

    private static long NumberOf(Alarm alarm) => long.Parse(alarm.Subject.AsSpan(alarm.Subject.IndexOf('/', StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture);

    [LoggerMessage(6114, LogLevel.Error, "CL3205: the numbers could not be checked now")]
    private partial void LogFailed(Exception error);
}
