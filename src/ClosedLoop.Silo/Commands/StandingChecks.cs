using System.Globalization;
using ClosedLoop.Data.Alarms;
using ClosedLoop.Data.Guard;
using ClosedLoop.Model;
using ClosedLoop.Silo.Hosting;
using ClosedLoop.Silo.Watching;

namespace ClosedLoop.Silo.Commands;

/// <summary>What the service has found out about itself, as <c>status</c> shows it.</summary>
/// <param name="Held">Why sending is held; <c>null</c> when it is not.</param>
/// <param name="LastCheck">When the numbers were checked last; <c>null</c> for never.</param>
/// <param name="Violations">Mailings and files whose numbers do not add up.</param>
/// <param name="LastWatch">When the watchdog looked last.</param>
/// <param name="Alarms">Everything that is wrong now.</param>
internal sealed record StandingChecks(string? Held, DateTimeOffset? LastCheck, int Violations, DateTimeOffset? LastWatch, IReadOnlyList<StandingAlarm> Alarms)
{
    public static StandingChecks Read(OfflineStore store)
    {
        var alarms = store.Get<AlarmStore>();
        var checks = alarms.Checks();
        return new StandingChecks(
            store.Get<InstanceStore>().Read() is { HeldAt: not null } row ? row.HeldReason : null,
            At(checks.FirstOrDefault(check => check.Name == BalanceWatch.Scope)),
            alarms.All(BalanceWatch.Scope).Count,
            At(checks.FirstOrDefault(check => check.Name == "mailings")),
            [.. alarms.All().Select(alarm => new StandingAlarm(alarm.Subject, alarm.Cause, alarm.Message, Instants.FromMicroseconds(alarm.Since)))]);
    }

    public void Print()
    {
        if (Held is not null) Console.Out.WriteLine($"sending: HELD: {Held}");
        Console.Out.WriteLine(LastCheck is not { } at ? "numbers: not checked yet" : string.Create(CultureInfo.InvariantCulture,
            $"numbers: {(Violations == 0 ? "✓ add up" : $"✗ {Violations} do not add up")}, checked {at:u}"));
        if (Alarms.Count == 0) return;
        Console.Out.WriteLine("alarms:");
        foreach (var alarm in Alarms) Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {alarm.Since:u}  {alarm.Subject}  {alarm.Cause}  {alarm.Message}"));
    }

    private static DateTimeOffset? At(CheckRun? check) => check is null ? null : Instants.FromMicroseconds(check.CheckedAt);
}
