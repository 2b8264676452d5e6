namespace ClosedLoop.Silo.Configuration;

/// <summary>What is checked while the service runs, and after how long something that stands still raises an alarm.</summary>
public sealed record WatchSettings
{
    /// <summary>Seconds between two checks.</summary>
    public double IntervalSeconds { get; init; } = 60;

    /// <summary>Mailings and files of the slow walk over everything that each check of the numbers takes along.</summary>
    public int SweepCount { get; init; } = 20;

    /// <summary>Seconds a recipient may be late.</summary>
    public int LateSeconds { get; init; } = 300;

    /// <summary>Seconds a recipient may be claimed.</summary>
    public int ClaimedSeconds { get; init; } = 1800;

    /// <summary>Seconds a mailing may stand still because all its recipients wait for a later time.</summary>
    public int DeferredSeconds { get; init; } = 7200;

    /// <summary>Seconds a mailing may be paused.</summary>
    public int PausedSeconds { get; init; } = 3600;

    /// <summary>Seconds a mailing may wait for another copy of its source.</summary>
    public int CopySeconds { get; init; } = 3600;

    /// <summary>Seconds files may wait before a stopped folder.</summary>
    public int FolderSeconds { get; init; } = 900;

    /// <summary>Seconds an export may be late.</summary>
    public int ExportSeconds { get; init; } = 3600;

    /// <summary>Seconds the spool may stand still with events in it.</summary>
    public int SpoolSeconds { get; init; } = 300;

    /// <summary>Share of the data folder's disk, in percent, that is left to what is taken in already; with less no file is taken in. 0 turns it off.</summary>
    public int DiskFreePercent { get; init; } = 10;

    /// <summary>Megabytes that are enough whatever their share.</summary>
    public int DiskFreeMegabytes { get; init; } = 2048;

    /// <summary>Seconds a mail to people may wait.</summary>
    public int NoticeSeconds { get; init; } = 900;
}
