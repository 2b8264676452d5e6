using ClosedLoop.Rig.Trials;

namespace ClosedLoop.Rig.Troubles;

/// <summary>KILL at a seeded moment: of the start and the intake, of the sending, of the tracking, or of the export.</summary>
internal sealed class RandomKill(Random random) : Trouble
{
    private readonly int _lot = random.Next(100);
    private readonly double _share = random.NextDouble();
    private readonly int _delay = random.Next(100);

    public override async Task StrikeAsync(TrialRun run, CancellationToken over)
    {
        var (moment, where) = Moment(run);
        run.Result.Moment = where;
        if (!await UntilAsync(moment, over)) return;

        // The moments are told by what the books show, so that they lie within the stage on any machine; the delay moves them off what was seen.
        await Task.Delay(_lot is >= 30 and < 75 ? _delay / 10 : _delay, CancellationToken.None);
        await run.Service.KillAsync();
    }

    private (Func<bool> Moment, string Where) Moment(TrialRun run)
    {
        switch (_lot)
        {
            case < 10:
                var start = Environment.TickCount64 + (long)(_share * 2_000);
                return (() => Environment.TickCount64 >= start, $"start + {_share * 2:0.00} s");
            case < 30:
                var waiting = Path.Combine(run.Installation.Folder("in"), run.File);
                return (() => !File.Exists(waiting), $"intake + {_delay} ms");
            case < 75:
                var messages = 1 + (int)(_share * 0.95 * run.Audience.Accepted.Count);
                return (() => run.Sink.Count >= messages, $"message {messages}");
            case < 87:
                var clicks = (int)(_share * 30);
                return (() => run.Stage >= Stage.Tracking && run.Readers.Answered >= clicks, $"click {clicks}");
            default:
                return (() => run.Stage == Stage.Exporting, $"export + {_delay} ms");
        }
    }
}
