using System.Diagnostics;
using System.Globalization;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Rig.Trials;

namespace ClosedLoop.Rig.Troubles;

/// <summary>Several silos on one database; every so often one of them is killed and started again, as long as mail goes out. The first is the service of the run, which readers and exports ask.</summary>
internal sealed class SilosKilled(RigOptions options, Random random) : Trouble
{
    private readonly List<ClusterSilo> _others = [];

    public override int Silos => options.Silos;

    /// <summary>Each message takes the sink a while, so that the sending outlasts the kills on any machine.</summary>
    public override IReadOnlyList<string> SinkArguments => ["--reply-delay", options.ReplyMilliseconds.ToString(CultureInfo.InvariantCulture)];

    public override async Task<string> BeginAsync(TrialRun run)
    {
        run.Service.Launch(KillAt);
        for (var number = 1; number < options.Silos; number++) _others.Add(ClusterSilo.Launch(run.Installation, ClusterPlace.Of(run.Installation, number)));
        await run.UntilAsync("readiness", run.Service.AnswersAsync);
        foreach (var silo in _others) await Eventually.ThatAsync("answer of a silo", silo.AnswersAsync, silo);
        return run.Installation.Drop(run.Audience.Rows);
    }

    public override async Task StrikeAsync(TrialRun run, CancellationToken over)
    {
        run.Result.Moment = FormattableString.Invariant($"{options.Silos} silos, a kill every {options.KillEverySeconds:0.#} s");
        if (!await UntilAsync(() => run.Sink.Count > 0, over)) return;
        var clock = Stopwatch.StartNew();
        var kills = 0;
        while (kills < options.Kills)
        {
            // By the clock: what a restart takes is no rest.
            var pause = TimeSpan.FromSeconds(options.KillEverySeconds * (kills + 1)) - clock.Elapsed;
            await Task.Delay(pause > TimeSpan.Zero ? pause : TimeSpan.Zero, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (over.IsCancellationRequested || run.IsSent) break;
            await KillAsync(run, random.Next(options.Silos));
            kills++;
            run.Result.Struck |= run.Installation.Books.CountState(RecipientState.Waiting) > 0;
            run.Result.Moment = FormattableString.Invariant($"{options.Silos} silos, {kills} kills in {clock.Elapsed.TotalSeconds:0} s, {run.Sink.Count / clock.Elapsed.TotalSeconds:0}/s");
            await AwaitResumeAsync(run, over);
        }

        if (kills < options.Kills) run.Result.Broken.Add($"the mailing was over after {kills} kills of {options.Kills}: a run that ends early proves less than was asked; take more --recipients");
    }

    public override async Task EndAsync(TrialRun run)
    {
        foreach (var silo in _others)
        {
            if (await silo.TerminateAsync() != 0) run.Result.Broken.Add($"asked to stop, a silo ended with {silo.ExitCode}: {silo.Story}");
        }
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var silo in _others) await silo.DisposeAsync();
        await base.DisposeAsync();
    }

    private async Task KillAsync(TrialRun run, int victim)
    {
        if (victim == 0)
        {
            // The run itself notices, takes its notes and starts the next process.
            await run.Service.KillAsync();
            return;
        }

        var silo = _others[victim - 1];
        if (silo.HasEnded) throw new InvalidDataException($"a silo ended by itself: {silo.Story}");
        await silo.KillAsync();
        run.Result.Kills++;
        run.Result.InDoubt.Add((int)run.Installation.Books.CountState(RecipientState.Sending));
        await silo.DisposeAsync();
        _others[victim - 1] = await ClusterSilo.StartAsync(run.Installation, silo.Place);
    }
}
