using System.Globalization;
using System.Security.Cryptography;
using ClosedLoop.Data.Alarms;
using ClosedLoop.Data.Guard;
using ClosedLoop.Model;
using ClosedLoop.Silo.Clustering;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Watching;

namespace ClosedLoop.Silo.Guarding;

/// <summary>
/// Keeps a restored backup from mailing people again (decision 016): decides at the start, before anything is claimed, whether the database may be an
/// older one, holds sending if so, and writes signs of life into database and folder while it runs.
/// </summary>
internal sealed partial class InstanceGuard(SiloSettings settings, InstanceStore store, AlarmDesk desk, TimeProvider time, ILogger<InstanceGuard> logger) : BackgroundService
{
    public const string Scope = "guard";

    private bool _held;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await DecideAsync();
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);

        // The last word: a copy of the database that was taken before is older than the folder from here on.
        await BeatAsync(cancellationToken);
    }

    /// <summary>Looks at mark and database, and holds sending or takes the database for its own.</summary>
    public async Task DecideAsync()
    {
        var mark = InstanceMark.Read(settings.InstancePath);
        var row = store.Read();
        if (row?.HeldAt is null)
        {
            var open = store.OpenMailings().Sum(mailing => mailing.Waiting + mailing.Claimed);
            var reason = StartVerdict.Of(mark, row, store.LastWrite(), open, time.NowMicroseconds(), TimeSpan.FromHours(settings.Guard.ToleranceHours), Joins(row));
            if (row is null) await store.CreateAsync(NewMark());
            if (reason is not null) await store.HoldAsync(string.Create(CultureInfo.InvariantCulture, $"{reason}; {open} recipients would be mailed"));
        }

        await BeatAsync(CancellationToken.None);
    }

    /// <summary>A sign of life; or, while sending is held, the alarm.</summary>
    public async Task BeatAsync(CancellationToken cancellation)
    {
        _ = cancellation;
        if (await store.BeatAsync() > 0)
        {
            // The database first: the folder must never be ahead of it by a crash.
            var row = store.Read()!;
            new InstanceMark(row.InstanceId, row.Beat, Instants.FromMicroseconds(row.AliveAt)).Write(settings.InstancePath);
            if (_held) LogFree();
            if (_held || desk.Has(Scope)) await desk.ReplaceAsync(Scope, [], looked: 1);
            _held = false;
            return;
        }

        if (_held || store.Read() is not { HeldAt: not null } held) return;
        _held = true;
        LogHeld(held.HeldReason!);
        await desk.ReplaceAsync(Scope, [AlarmOf(held)], looked: 1);
    }

    public static string NewMark() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        RecurringWork.RunAsync(BeatAsync, TimeSpan.FromSeconds(settings.Guard.BeatSeconds), time, LogFailed, stoppingToken);

    /// <summary>Whether another silo has given a sign of life so lately that it is there now.</summary>
    private bool Joins(InstanceRow? row) =>
        SiloGrains.IsClustered && row is not null && time.NowMicroseconds() - row.AliveAt < (long)TimeSpan.FromSeconds(3 * settings.Guard.BeatSeconds).TotalMicroseconds;

    private static Alarm AlarmOf(InstanceRow held) => new("instance", "held", ClientId: null,
        $"CL3221: sending is held: {held.HeldReason}. Look with closedloop db confirm who would be mailed, then closedloop db confirm --yes");
}
