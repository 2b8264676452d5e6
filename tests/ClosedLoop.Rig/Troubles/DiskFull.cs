using System.Data.Common;
using System.Diagnostics;
using ClosedLoop.Rig.Trials;

namespace ClosedLoop.Rig.Troubles;

/// <summary>The disk of the service fills up, before a file comes or in the middle of sending, and is freed some seconds later.</summary>
internal sealed class DiskFull(Random random, SmallVolume volume) : Trouble
{
    private const string Partial =
        "SELECT COUNT(*) FROM mailing m WHERE m.state <> 0 AND m.accepted <> (SELECT COUNT(*) FROM ledger l WHERE l.mailing_id = m.mailing_id)";

    private static readonly TimeSpan Stuck = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(60);

    private readonly bool _duringIntake = random.Next(2) == 0;
    private readonly double _share = 0.05 + (random.NextDouble() * 0.7);
    private readonly int _leave = random.Next(256) * 1024;

    public override async Task<string> BeginAsync(TrialRun run)
    {
        if (!_duringIntake) return await base.BeginAsync(run);
        run.Service.Launch(KillAt);
        await Eventually.ThatAsync("answer of the service", run.Service.AnswersAsync, run.Service.Process);

        // The upload itself needs room; it is whole when the disk fills up, and gets its name then.
        var content = Installation.FileOf(run.Audience.Rows);
        var name = run.Installation.NextName();
        var folder = Directory.CreateDirectory(run.Installation.Folder("in")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(folder, name + ".tmp"), content);
        volume.Fill(_leave);
        File.Move(Path.Combine(folder, name + ".tmp"), Path.Combine(folder, name));
        return name;
    }

    public override async Task StrikeAsync(TrialRun run, CancellationToken over)
    {
        var messages = 1 + (int)(_share * run.Audience.Accepted.Count);
        run.Result.Moment = _duringIntake ? $"intake, {_leave / 1024} KB left" : $"message {messages}";
        if (!_duringIntake)
        {
            if (!await UntilAsync(() => run.Sink.Count >= messages, over)) return;
            volume.Fill(0);
        }

        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < Stuck && !over.IsCancellationRequested)
        {
            LookForPartial(run);
            await Task.Delay(50, CancellationToken.None);
        }

        var before = run.Sink.Count;
        run.Result.Struck = !run.IsSent;
        if (!_duringIntake) Interruptions = 1;
        volume.Release();
        clock.Restart();
        while (!over.IsCancellationRequested && run.Sink.Count <= before && !run.IsSent && clock.Elapsed < Promised) await Task.Delay(5, CancellationToken.None);
        if (!run.Result.Struck) return;
        if (clock.Elapsed >= Promised) run.Result.Broken.Add($"not going on {Promised.TotalSeconds:0} s after there was room again");
        run.Result.Resumed.Add(clock.Elapsed.TotalSeconds);
    }

    private static void LookForPartial(TrialRun run)
    {
        try
        {
            if (run.Installation.Books.Scalar(Partial) > 0) run.Result.Broken.Add("part of a file is visible while the disk is full");
        }
        catch (DbException)
        {
            // The rig reads the same full disk, and a look needs room as well.
        }
    }
}
