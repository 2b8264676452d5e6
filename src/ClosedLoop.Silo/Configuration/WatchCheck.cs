namespace ClosedLoop.Silo.Configuration;

/// <summary>Checks the settings of guard and watchdog.</summary>
internal static class WatchCheck
{
    public static IEnumerable<string> Faults(SiloSettings settings)
    {
        if (settings.Guard.ToleranceHours is not (>= 0.01 and <= 720)) yield return $"ClosedLoop:Guard:ToleranceHours is {settings.Guard.ToleranceHours}; expected 0.01 to 720.";
        if (settings.Guard.BeatSeconds is not (>= 0.1 and <= 600)) yield return $"ClosedLoop:Guard:BeatSeconds is {settings.Guard.BeatSeconds}; expected 0.1 to 600.";
        var watch = settings.Watch;
        if (watch.IntervalSeconds is not (>= 0.1 and <= 3600)) yield return $"ClosedLoop:Watch:IntervalSeconds is {watch.IntervalSeconds}; expected 0.1 to 3600.";
        if (watch.SweepCount is < 1 or > 10_000) yield return $"ClosedLoop:Watch:SweepCount is {watch.SweepCount}; expected 1 to 10000.";
        if (watch.DiskFreePercent is < 0 or > 90) yield return $"ClosedLoop:Watch:DiskFreePercent is {watch.DiskFreePercent}; expected 0 to 90.";
        if (watch.DiskFreeMegabytes is < 1 or > 1_000_000) yield return $"ClosedLoop:Watch:DiskFreeMegabytes is {watch.DiskFreeMegabytes}; expected 1 to 1000000.";
        (string Key, int Value)[] spans =
        [
            (nameof(watch.LateSeconds), watch.LateSeconds), (nameof(watch.ClaimedSeconds), watch.ClaimedSeconds), (nameof(watch.DeferredSeconds), watch.DeferredSeconds),
            (nameof(watch.PausedSeconds), watch.PausedSeconds), (nameof(watch.CopySeconds), watch.CopySeconds), (nameof(watch.FolderSeconds), watch.FolderSeconds),
            (nameof(watch.ExportSeconds), watch.ExportSeconds), (nameof(watch.SpoolSeconds), watch.SpoolSeconds), (nameof(watch.NoticeSeconds), watch.NoticeSeconds),
        ];
        foreach (var (key, value) in spans)
        {
            if (value is < 1 or > 604_800) yield return $"ClosedLoop:Watch:{key} is {value}; expected 1 to 604800.";
        }
    }
}
