using System.Globalization;
using ClosedLoop.Rig.Trials;

namespace ClosedLoop.Rig.Troubles;

/// <summary>A proxy between service and sink resets every connection in the middle of messages, stands still, or both; later it works again.</summary>
internal sealed class NetworkCut(Random random) : Trouble
{
    private readonly int _way = random.Next(3);
    private readonly double _share = 0.05 + (random.NextDouble() * 0.85);
    private readonly TimeSpan _pause = TimeSpan.FromMilliseconds(300 + random.Next(2_500));
    private CutProxy? _proxy;

    public override Task PrepareAsync(TrialRun run)
    {
        _proxy = new CutProxy(Ports.Free(), run.Installation.SinkPort);
        run.Installation.Settings.Add("Sink:Port=" + _proxy.Port.ToString(CultureInfo.InvariantCulture));
        return Task.CompletedTask;
    }

    public override async Task StrikeAsync(TrialRun run, CancellationToken over)
    {
        var proxy = _proxy!;
        var messages = 1 + (int)(_share * run.Audience.Accepted.Count);
        run.Result.Moment = $"message {messages}, {(_way == 0 ? "reset" : _way == 1 ? "stalled" : "stalled, then reset")}, {_pause.TotalSeconds:0.0} s";
        if (!await UntilAsync(() => run.Sink.Count >= messages, over)) return;
        if (_way == 0)
        {
            Interruptions = 1;
            proxy.Cut();
            await Task.Delay(_pause, CancellationToken.None);
        }
        else
        {
            proxy.Stall();
            await Task.Delay(_pause, CancellationToken.None);
            if (_way == 2)
            {
                Interruptions = 1;
                proxy.Cut();
            }
        }

        run.Result.Struck = !run.IsSent;
        proxy.Restore();
        var resuming = run.Result.Struck ? AwaitResumeAsync(run, over) : Task.CompletedTask;
        await HastenAsync(run, over);
        await resuming;
    }

    public override async ValueTask DisposeAsync()
    {
        if (_proxy is not null) await _proxy.DisposeAsync();
        await base.DisposeAsync();
    }

    /// <summary>Under <c>resend</c> the doubtful wait for minutes, and so does a relay that was not to be reached; the rig has their time come at once.</summary>
    private static async Task HastenAsync(TrialRun run, CancellationToken over)
    {
        var books = run.Installation.Books;
        while (!over.IsCancellationRequested && !run.IsSent)
        {
            var later = (TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(5)).ToUnixTimeMilliseconds() * 1_000;
            if (books.Scalar("SELECT COUNT(*) FROM ledger WHERE state IN (0, 1) AND due_at < $1", later) == 0 && books.Scalar("SELECT COUNT(*) FROM ledger WHERE state = 0") > 0)
            {
                books.Tamper("UPDATE ledger SET due_at = 1 WHERE state = 0");
                await run.Service.TerminateAsync();
                return;
            }

            await Task.Delay(50, CancellationToken.None);
        }
    }
}
