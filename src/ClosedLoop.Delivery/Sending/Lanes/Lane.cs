using ClosedLoop.Data.Delivery;
using ClosedLoop.Model;
using static System.FormattableString;

namespace ClosedLoop.Delivery.Sending.Lanes;

/// <summary>
/// One way out: a relay, or one recipient domain behind it. Holds back after refusals, keeps to a rate and to a number of
/// connections. Safe for concurrent use.
/// </summary>
/// <remarks>
/// The rate is a leaky bucket of one second (as in GCRA, ITU-T I.371 Annex A): over any span of T seconds at most rate × (T + 1) messages leave. Those who find it
/// full get a time of their own one interval apart, in the order in which they asked, so that thousands who wait wake
/// one after the other and not all at once.
/// </remarks>
internal sealed partial class Lane(string name, LanePolicy policy, LaneEras eras, TimeProvider time)
{
    /// <summary>How far the bucket may be ahead, and the grain in which slices wake.</summary>
    private const long Burst = 1_000_000;

    /// <summary>Distance of those who wait for a hold to end when nothing is known of the lane's pace: 500 a second.</summary>
    private const long DefaultSpacing = 2_000;

    private readonly Lock _gate = new();
    private double _rate;
    private long _interval;
    private int? _connections;
    private int _open;
    private long _next;
    private long _planned;
    private double _occupied;
    private LaneHold _hold = NoHold(name);
    private int _weight;
    private long _era;
    private bool _dirty;

    public string Name => name;

    /// <summary>Microseconds; 0 or a time gone by while the lane is open.</summary>
    public long HeldUntil => Volatile.Read(ref _hold).Until;

    public string HeldFor => Volatile.Read(ref _hold).Reason;

    /// <summary>Nothing to remember: no limit, no refusal, nobody on the way.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
            {
                Settle(time.NowMicroseconds());
                return _interval == 0 && _connections is null && _weight == 0 && _hold.Failures == 0 && !_hold.ByOperator && !_dirty && _planned <= time.NowMicroseconds();
            }
        }
    }

    public void Restore(LaneHold hold) => Volatile.Write(ref _hold, hold);

    /// <summary>Asks for one message; an admitted one is counted against the rate.</summary>
    /// <param name="waited">This recipient was given a time before, which has come.</param>
    /// <param name="deadline">Microseconds; from then on a refusal is final, so that a hold the other side imposed must not outlast it: everybody is tried at least once.</param>
    public Admission Admit(bool waited, long deadline)
    {
        lock (_gate)
        {
            var now = time.NowMicroseconds();
            _askedAt = now;
            Settle(now);
            if (_hold.Until > now && (_hold.ByOperator || deadline > now))
            {
                var plan = Plan(_hold.Until, $"{name} is held: {_hold.Reason}");
                return _hold.ByOperator ? plan : plan with { DueAt = Math.Min(plan.DueAt, deadline) };
            }

            if (_interval == 0) return default;
            if (!Current(now)) return new Admission(now + NextPart, Invariant($"{name} takes {_rate:0.##} a second, and other silos use them"));

            // A newcomer must not take the place of those who have a time already.
            if ((!waited && _planned > now) || _next - now > Burst) return Plan(Math.Max(now, _next - Burst), Invariant($"{name} takes {_rate:0.##} a second"));
            _next = Math.Max(_next, now) + _interval;
            return default;
        }
    }

    /// <summary>A time after the hold, for one who meets it; one admitted when there is none.</summary>
    public Admission AwaitHold()
    {
        lock (_gate) return _hold.Until > time.NowMicroseconds() ? Plan(_hold.Until, $"{name} is held: {_hold.Reason}") : default;
    }

    /// <summary>The time at which a group of messages may leave; they are counted.</summary>
    /// <returns>Microseconds.</returns>
    public long Pace(int messages)
    {
        lock (_gate)
        {
            var now = time.NowMicroseconds();
            Settle(now);
            if (_interval == 0) return now;
            _next = Math.Max(_next, now) + (_interval * messages);
            return Math.Max(now, _next - Burst);
        }
    }

    /// <summary>Takes one of the lane's connections, if one is free; to be given back by <see cref="Leave"/>.</summary>
    public bool TryEnter()
    {
        lock (_gate)
        {
            _askedAt = time.NowMicroseconds();
            Expire(_askedAt);
            if (_connections is { } most && _open >= most) return false;
            _open++;
            return true;
        }
    }

    /// <summary>The time at which a recipient who found no free connection asks again: by then those before it should be through.</summary>
    public Admission Queue()
    {
        lock (_gate) return Plan(time.NowMicroseconds() + DefaultSpacing, Invariant($"{name} takes {_mostConnections} connections at a time"));
    }

    public void Leave(int messages, TimeSpan took)
    {
        lock (_gate)
        {
            _open--;
            var one = took.TotalMicroseconds / Math.Max(1, messages);
            _occupied = _occupied == 0 ? one : (_occupied * 0.9) + (one * 0.1);
        }
    }

    /// <summary>The other side took a message: the next hold starts small again. A hold of an operator has no failures and stays.</summary>
    /// <param name="era">When the attempt began.</param>
    public void Succeeded(long era)
    {
        if (Volatile.Read(ref _weight) == 0 && Volatile.Read(ref _hold).Failures == 0) return;
        lock (_gate)
        {
            if (era < _era) return;
            _weight = 0;
            if (_hold.Failures == 0) return;
            _dirty = true;
            Volatile.Write(ref _hold, NoHold(name));
        }
    }

    /// <summary>The other side refused for now.</summary>
    /// <param name="weight">How much it says about the lane, see <see cref="LanePolicy.Threshold"/>.</param>
    /// <param name="era">When the attempt began.</param>
    /// <param name="reason">What it said.</param>
    /// <param name="random">In [0, 1).</param>
    /// <param name="atLeast">How long the other side asked to be left alone; null when it did not say.</param>
    /// <returns>Whether the lane is held from now on.</returns>
    public bool Failed(int weight, long era, string reason, double random, TimeSpan? atLeast = null)
    {
        lock (_gate)
        {
            if (era < _era) return false;
            _weight += weight;

            // After a hold the first refusal is answer enough: the other side is not ready.
            if (_weight < policy.Threshold && _hold.Failures == 0) return false;
            var pause = policy.After(_hold.Failures, random);
            if (atLeast > pause) pause = atLeast.Value < policy.LongestHold * 12 ? atLeast.Value : policy.LongestHold * 12;
            var until = time.NowMicroseconds() + (long)pause.TotalMicroseconds;
            if (_hold.ByOperator && _hold.Until >= until) return false;
            Hold(new LaneHold(name, until, _hold.Failures + 1, reason, ByOperator: false));
            return true;
        }
    }

    /// <summary>Holds the lane until a time, on somebody's word; a time gone by opens it.</summary>
    public void Decide(long until, string reason)
    {
        lock (_gate) Hold(new LaneHold(name, until, 0, reason, ByOperator: until > time.NowMicroseconds()));
    }

    /// <summary>The hold, when it changed since it was asked for last.</summary>
    public LaneHold? TakeChange()
    {
        if (!Volatile.Read(ref _dirty)) return null;
        lock (_gate)
        {
            _dirty = false;
            return _hold;
        }
    }

    private static LaneHold NoHold(string name) => new(name, 0, 0, "", ByOperator: false);

    private void Hold(LaneHold hold)
    {
        Volatile.Write(ref _hold, hold);
        _planned = 0;
        _weight = 0;
        _dirty = true;
        _heldAt = time.NowMicroseconds();
        _era = eras.Begin();
    }

    private Admission Plan(long from, string reason)
    {
        var spacing = Math.Max(_interval, Math.Max(DefaultSpacing, (long)(_occupied / Math.Max(_connections ?? int.MaxValue, 1))));
        var slot = Math.Max(from, _planned);
        _planned = slot + spacing;
        return new Admission(slot, reason);
    }
}
