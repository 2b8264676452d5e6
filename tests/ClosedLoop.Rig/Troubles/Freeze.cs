using ClosedLoop.Rig.Trials;

namespace ClosedLoop.Rig.Troubles;

/// <summary>STOP in the middle of sending, CONT later: nobody may be in doubt, because nothing was lost.</summary>
internal sealed class Freeze(Random random, double seconds) : Trouble
{
    private readonly double _share = 0.05 + (random.NextDouble() * 0.85);

    public override async Task StrikeAsync(TrialRun run, CancellationToken over)
    {
        var messages = 1 + (int)(_share * run.Audience.Accepted.Count);
        run.Result.Moment = $"message {messages}, {seconds:0.#} s";
        if (!await UntilAsync(() => run.Sink.Count >= messages, over)) return;
        await run.Service.Process.SignalAsync("STOP");
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(seconds), CancellationToken.None);
        }
        finally
        {
            await run.Service.Process.SignalAsync("CONT");
        }

        run.Result.Struck = !run.IsSent;
        if (run.Result.Struck) await AwaitResumeAsync(run, over);
    }
}
