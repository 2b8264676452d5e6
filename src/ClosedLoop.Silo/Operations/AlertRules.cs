using System.Globalization;
using ClosedLoop.Operations.Ports;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Guarding;
using ClosedLoop.Silo.Watching;

namespace ClosedLoop.Silo.Operations;

/// <summary>What guard, balance and watchdog look at, with the thresholds in force.</summary>
internal sealed class AlertRules(SiloSettings settings) : IAlertRules
{
    public double IntervalSeconds => settings.Watch.IntervalSeconds;

    public IReadOnlyList<AlertRule> All()
    {
        var watch = settings.Watch;
        return
        [
            new(BalanceWatch.Scope, ["balance", "finished-open", "mailings"], "accepted is not the sum over the states of a mailing, or a file's rows do not add up", null),
            new(InstanceGuard.Scope, ["held"], string.Create(CultureInfo.InvariantCulture, $"the database was last in use more than {settings.Guard.ToleranceHours} h ago, or is not the one of this folder"), "Guard:ToleranceHours"),
            new("mailings", ["not-started", "start-time", "nobody-works", "lane-held", "relay-unreachable"], $"somebody of a mailing is late by more than {Span(watch.LateSeconds)}", "Watch:LateSeconds"),
            new("mailings", ["claimed"], $"somebody is claimed for more than {Span(watch.ClaimedSeconds)}", "Watch:ClaimedSeconds"),
            new("mailings", ["deferred"], $"everybody of a mailing waits for a later time for more than {Span(watch.DeferredSeconds)}", "Watch:DeferredSeconds"),
            new("mailings", ["paused"], $"a mailing with people in it is paused for more than {Span(watch.PausedSeconds)}", "Watch:PausedSeconds"),
            new("mailings", ["another-copy"], $"a mailing waits for another copy of its source for more than {Span(watch.CopySeconds)}", "Watch:CopySeconds"),
            new("folders", ["folder-stopped", "not-looked-at"], $"files wait before a stopped folder for more than {Span(watch.FolderSeconds)}, or nobody looks into one", "Watch:FolderSeconds"),
            new("exports", ["not-published", "not-cut"], $"an export is late by more than {Span(watch.ExportSeconds)}", "Watch:ExportSeconds"),
            new("spool", ["spool-undrained"], $"opens and clicks wait to be stored for more than {Span(watch.SpoolSeconds)}", "Watch:SpoolSeconds"),
            new("disk", ["disk-short"], string.Create(CultureInfo.InvariantCulture, $"less than {watch.DiskFreePercent} % and less than {watch.DiskFreeMegabytes} MB of the disk are free"), "Watch:DiskFreePercent"),
            new("notices", ["notices-waiting"], $"a mail to people waits for more than {Span(watch.NoticeSeconds)}", "Watch:NoticeSeconds"),
        ];
    }

    private static string Span(int seconds) => seconds % 3600 == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600} h")
        : seconds % 60 == 0 ? string.Create(CultureInfo.InvariantCulture, $"{seconds / 60} min") : string.Create(CultureInfo.InvariantCulture, $"{seconds} s");
}
