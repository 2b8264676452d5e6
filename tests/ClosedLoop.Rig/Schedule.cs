using ClosedLoop.Model.Testing;
using ClosedLoop.Rig.Trials;

namespace ClosedLoop.Rig;

/// <summary>The runs in order. A point is stepped until a run ends without reaching it.</summary>
internal sealed class Schedule
{
    private readonly RigOptions _options;
    private bool _struck;

    private Schedule(RigOptions options) => _options = options;

    public static IEnumerable<Trial> Of(RigOptions options)
    {
        var schedule = new Schedule(options);
        return schedule.All();
    }

    private IEnumerable<Trial> All()
    {
        for (var i = 0; i < _options.Runs; i++) yield return new Trial(TrialKind.Random, _options.Seed + i, PolicyOf(i));
        foreach (var point in _options.Points)
        {
            foreach (var policy in PoliciesOf(point))
            {
                for (var nth = 1; nth <= _options.MostSteps; nth++)
                {
                    var trial = new Trial(TrialKind.Point, _options.Seed + nth, policy, point, nth) { Struck = struck => _struck = struck };
                    _struck = false;
                    yield return trial;
                    if (!_struck) break;
                }
            }
        }

        for (var i = 0; i < _options.Freezes; i++) yield return new Trial(TrialKind.Freeze, _options.Seed + i, PolicyOf(i));
        for (var i = 0; i < _options.Cuts; i++) yield return new Trial(TrialKind.Cut, _options.Seed + i, PolicyOf(i));
        for (var i = 0; i < _options.Restarts; i++) yield return new Trial(TrialKind.Database, _options.Seed + i, PolicyOf(i));
        if (_options.Silos > 0) yield return new Trial(TrialKind.Silos, _options.Seed, PolicyOf(0));
        for (var i = 0; i < _options.FullDisks; i++) yield return new Trial(TrialKind.DiskFull, _options.Seed + i, PolicyOf(i));
    }

    private string PolicyOf(int run) => _options.Policies[run % _options.Policies.Count];

    /// <summary>The policy matters from the claim to the record; elsewhere one is as good as the other.</summary>
    private IReadOnlyList<string> PoliciesOf(KillPoint point) =>
        point is KillPoint.RecipientClaimed or KillPoint.AfterDot or KillPoint.ReplyRead or KillPoint.DuringRecord or KillPoint.Draining
            ? _options.Policies
            : [_options.Policies[0]];
}
