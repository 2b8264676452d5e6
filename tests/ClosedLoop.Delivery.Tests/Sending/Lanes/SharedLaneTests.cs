using ClosedLoop.Data.Delivery;
using ClosedLoop.Data.Silos;
using ClosedLoop.Delivery.Sending.Lanes;
using ClosedLoop.Model;

namespace ClosedLoop.Delivery.Tests.Sending.Lanes;

public sealed class SharedLaneTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private readonly SettableClock _clock = new(Start);
    private readonly LaneEras _eras = new();

    [Fact]
    public void All_silos_together_keep_to_the_rate_while_parts_move()
    {
        const int rate = 200;
        var lanes = Enumerable.Range(0, 3).Select(_ => Shared(rate, connections: null)).ToArray();
        var sent = new List<DateTimeOffset>();

        // Who has how much of it, from which second on; the sum is never more than all.
        var parts = new (int Second, double[] Parts)[]
        {
            (0, [1, 0, 0]), (20, [0.5, 0.5, 0]), (40, [1 / 3d, 1 / 3d, 1 / 3d]), (55, [0, 0.5, 0.5]), (70, [0, 0, 1]), (80, [0.9, 0.05, 0.05]), (95, [0, 1, 0]), (100, [0, 0, 0]),
        };
        for (; _clock.Now < Start.AddSeconds(100); _clock.Now += TimeSpan.FromMilliseconds(5))
        {
            var elapsed = (_clock.Now - Start).TotalSeconds;
            var now = parts.Last(part => part.Second <= elapsed).Parts;
            for (var i = 0; i < lanes.Length; i++)
            {
                // A renewal every two seconds, as the real one; a smaller part is let go first.
                lanes[i].Grant("#rate", (long)(now[i] * Lane.RateUnits), Now() + 8_000_000);
            }

            foreach (var lane in lanes)
            {
                while (lane.HasPart && lane.Admit(waited: true, long.MaxValue).Admitted) sent.Add(_clock.Now);
            }
        }

        Assert.InRange(sent.Count, rate * 100 * 0.95, rate * 100 * 1.01);
        foreach (var span in (int[])[1, 10, 60])
        {
            var window = TimeSpan.FromSeconds(span);
            var (most, first) = (0, 0);
            for (var last = 0; last < sent.Count; last++)
            {
                while (sent[last] - sent[first] >= window) first++;
                most = Math.Max(most, last - first + 1);
            }

            Assert.True(most <= (span + 1) * rate, $"{most} in {span} s");
        }
    }

    [Fact]
    public void Without_a_part_nothing_leaves_and_a_part_ends_by_itself()
    {
        var lane = Shared(perSecond: 10, connections: 4);
        Assert.False(lane.HasPart);
        Assert.False(lane.Admit(waited: true, long.MaxValue).Admitted);
        Assert.False(lane.TryEnter());

        lane.Grant("#rate", Lane.RateUnits / 2, Now() + 5_000_000);
        lane.Grant("#connections", 2, Now() + 5_000_000);
        Assert.True(lane.TryEnter() && lane.TryEnter());
        Assert.False(lane.TryEnter());
        _clock.Now += TimeSpan.FromSeconds(2);
        Assert.True(lane.HasPart);
        Assert.True(lane.Admit(waited: true, long.MaxValue).Admitted);

        _clock.Now += TimeSpan.FromSeconds(4);
        Assert.False(lane.HasPart);
        Assert.False(lane.Admit(waited: true, long.MaxValue).Admitted);
    }

    [Fact]
    public void A_lane_asks_for_what_it_can_use_and_tells_what_it_still_has()
    {
        var lane = Shared(perSecond: 10, connections: 4);
        Assert.All(Claims(lane), claim => Assert.Equal((0L, false), (claim.Held, claim.Wanted)));
        lane.Admit(waited: false, long.MaxValue);
        lane.Grant("#connections", 3, Now() + 5_000_000);
        lane.Grant("#rate", 500_000, Now() + 5_000_000);
        Assert.Equal(new[] { (Lane.RateUnits, 500_000L, true), (4L, 3L, true) }, Claims(lane).Select(claim => (claim.Total, claim.Held, claim.Wanted)));

        // A connection that is in use is not given away.
        lane.TryEnter();
        lane.Grant("#connections", 0, Now() + 5_000_000);
        Assert.Equal(1, Claims(lane)[1].Held);
        _clock.Now += TimeSpan.FromSeconds(6);
        Assert.All(Claims(lane), claim => Assert.False(claim.Wanted));
    }

    [Fact]
    public void Holds_of_other_silos_are_taken_over_and_given_up()
    {
        var lane = Shared(perSecond: null, connections: null);
        var hold = new LaneHold("lane", Now() + 3_600_000_000, 0, "the customer asked", ByOperator: true);
        lane.Adopt(hold);
        Assert.False(lane.Admit(waited: false, long.MaxValue).Admitted);
        lane.Adopt(null);
        Assert.True(lane.Admit(waited: false, long.MaxValue).Admitted);

        // What this silo has learnt is not undone before it can be stored.
        lane.Failed(20, _eras.Now, "451 later", random: 0);
        lane.TakeChange();
        lane.Adopt(null);
        Assert.False(lane.Admit(waited: false, long.MaxValue).Admitted);
    }

    private static List<LimitClaim> Claims(Lane lane)
    {
        var claims = new List<LimitClaim>();
        lane.AddClaims(claims);
        return claims;
    }

    private Lane Shared(double? perSecond, int? connections)
    {
        var lane = new Lane("lane", LanePolicy.Domain, _eras, _clock);
        lane.Share();
        lane.Limit(perSecond, connections);
        return lane;
    }

    private long Now() => _clock.NowMicroseconds();
}
