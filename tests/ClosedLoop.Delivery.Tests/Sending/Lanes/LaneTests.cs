using ClosedLoop.Data.Delivery;
using ClosedLoop.Delivery.Sending.Lanes;
using ClosedLoop.Model;

namespace ClosedLoop.Delivery.Tests.Sending.Lanes;

public sealed class LaneTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private readonly SettableClock _clock = new(Start);
    private readonly LaneEras _eras = new();

    [Fact]
    public void Over_any_span_a_rate_lets_through_no_more_than_rate_times_span_and_a_second()
    {
        var lane = Domain();
        lane.Limit(perSecond: 5, connections: null);
        var waiting = new PriorityQueue<int, long>();
        var sent = new List<DateTimeOffset>();
        for (var i = 0; i < 200; i++) Ask(waited: false);
        while (waiting.TryDequeue(out _, out var due))
        {
            _clock.Now = Instants.FromMicroseconds(Math.Max(due, Instants.ToMicroseconds(_clock.Now)));
            Ask(waited: true);
        }

        Assert.Equal(200, sent.Count);
        foreach (var span in (int[])[1, 5, 20])
        {
            var most = sent.Max(first => sent.Count(at => at >= first && at < first + TimeSpan.FromSeconds(span)));
            Assert.True(most <= (span + 1) * 5, $"{most} in {span} s");
        }

        Assert.InRange((sent[^1] - sent[0]).TotalSeconds, 38, 45);

        void Ask(bool waited)
        {
            var admission = lane.Admit(waited, long.MaxValue);
            if (admission.Admitted) sent.Add(_clock.Now);
            else waiting.Enqueue(0, admission.DueAt);
        }
    }

    [Fact]
    public void A_newcomer_does_not_take_the_place_of_one_who_waits()
    {
        var lane = Domain();
        lane.Limit(perSecond: 1, connections: null);
        while (lane.Admit(waited: false, long.MaxValue).Admitted)
        {
            // Fills the lane.
        }

        var first = lane.Admit(waited: false, long.MaxValue);
        _clock.Now = Instants.FromMicroseconds(first.DueAt);

        Assert.False(lane.Admit(waited: false, long.MaxValue).Admitted);
        Assert.True(lane.Admit(waited: true, long.MaxValue).Admitted);
    }

    [Fact]
    public void Holds_double_and_end_with_a_success()
    {
        var lane = Domain();
        var holds = new List<TimeSpan>();
        for (var i = 0; i < 9; i++)
        {
            lane.Failed(20, _eras.Now, "451 later", random: 0);
            holds.Add(Instants.FromMicroseconds(lane.HeldUntil) - _clock.Now);
            _clock.Now += holds[^1];
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 66, 66], holds.Select(hold => (int)hold.TotalMinutes));
        Assert.True(lane.Admit(waited: false, long.MaxValue).Admitted);
        lane.Succeeded(_eras.Now);
        Assert.False(lane.Failed(19, _eras.Now, "451 later", random: 0));
        Assert.True(lane.Failed(1, _eras.Now, "451 later", random: 0));
        Assert.Equal(_clock.Now + TimeSpan.FromMinutes(1), Instants.FromMicroseconds(lane.HeldUntil));
    }

    [Fact]
    public void Holds_differ_by_at_least_a_tenth()
    {
        Assert.True(LanePolicy.Domain.After(3, 0.999) >= LanePolicy.Domain.After(3, 0) * 1.1);
        Assert.True(LanePolicy.Relay.After(60, 0.999) >= LanePolicy.Relay.After(60, 0) * 1.1);
    }

    [Fact]
    public void An_attempt_from_before_the_hold_neither_prolongs_nor_ends_it()
    {
        var lane = Domain();
        var before = _eras.Now;
        Assert.True(lane.Failed(20, before, "451 later", random: 0));
        var until = lane.HeldUntil;

        Assert.False(lane.Failed(20, before, "451 later", random: 0));
        lane.Succeeded(before);

        Assert.Equal(until, lane.HeldUntil);
        Assert.False(lane.Admit(waited: false, long.MaxValue).Admitted);
    }

    [Fact]
    public void Those_who_wait_for_a_hold_get_times_of_their_own_after_it()
    {
        var lane = Domain();
        lane.Failed(20, _eras.Now, "451 later", random: 0);

        var times = Enumerable.Range(0, 1000).Select(_ => lane.Admit(waited: false, long.MaxValue).DueAt).ToList();

        Assert.True(times.TrueForAll(due => due >= lane.HeldUntil));
        Assert.Equal(1000, times.Distinct().Count());
    }

    [Fact]
    public void At_the_deadline_everybody_gets_a_last_chance_but_not_against_an_operator()
    {
        var lane = Domain();
        var deadline = Instants.ToMicroseconds(_clock.Now + TimeSpan.FromSeconds(30));
        lane.Failed(20, _eras.Now, "451 later", random: 0);

        Assert.Equal(deadline, lane.Admit(waited: false, deadline).DueAt);
        _clock.Now = Instants.FromMicroseconds(deadline);
        Assert.True(lane.Admit(waited: true, deadline).Admitted);

        lane.Decide(deadline + 60_000_000, "their postmaster called");
        Assert.False(lane.Admit(waited: true, deadline).Admitted);
        lane.Succeeded(_eras.Now);
        Assert.False(lane.Admit(waited: true, deadline).Admitted);
        lane.Decide(0, "all well");
        Assert.True(lane.Admit(waited: true, deadline).Admitted);
    }

    [Fact]
    public void A_rate_set_for_a_time_goes_before_the_defined_one_and_ends_by_itself()
    {
        var lane = Domain();
        lane.Limit(perSecond: 100, connections: null);
        var until = _clock.NowMicroseconds() + 60_000_000;
        lane.Set(new LaneLimit(lane.Name, 1, until, "their postmaster called", "olga"));
        lane.Limit(perSecond: 50, connections: null);
        Assert.InRange(Admitted(), 1, 2);
        Assert.Contains("takes 1 a second", lane.Admit(waited: false, long.MaxValue).Reason, StringComparison.Ordinal);
        Assert.False(lane.IsIdle);

        _clock.Now = Instants.FromMicroseconds(until);
        Assert.InRange(Admitted(), 50, 51);
        lane.Set(new LaneLimit(lane.Name, 1, until + 60_000_000, "again", "olga"));
        lane.Set(limit: null);
        _clock.Now += TimeSpan.FromSeconds(2);
        Assert.InRange(Admitted(), 50, 51);

        int Admitted() => Enumerable.Range(0, 1_000).Count(_ => lane.Admit(waited: false, long.MaxValue).Admitted);
    }

    [Fact]
    public void Connections_are_counted()
    {
        var lane = Domain();
        lane.Limit(perSecond: null, connections: 2);

        Assert.True(lane.TryEnter());
        Assert.True(lane.TryEnter());
        Assert.False(lane.TryEnter());
        lane.Leave(1, TimeSpan.FromSeconds(1));
        Assert.True(lane.TryEnter());
        Assert.InRange(lane.Queue().DueAt, Instants.ToMicroseconds(_clock.Now) + 1, Instants.ToMicroseconds(_clock.Now) + 1_000_000);
    }

    private Lane Domain() => new("test/relay:25/a.example", LanePolicy.Domain, _eras, _clock);
}
