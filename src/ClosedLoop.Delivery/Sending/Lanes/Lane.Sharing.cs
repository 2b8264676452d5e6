using ClosedLoop.Data.Delivery;
using ClosedLoop.Data.Silos;
using ClosedLoop.Model;

namespace ClosedLoop.Delivery.Sending.Lanes;

/// <summary>A lane whose limits hold for several silos together: this silo uses the part that it was given, as long as it was given it.</summary>
internal sealed partial class Lane
{
    /// <summary>Units of a rate: a millionth of it each.</summary>
    public const long RateUnits = 1_000_000;

    /// <summary>Microseconds after its last use for which a lane goes on asking for a part.</summary>
    private const long Interest = 5_000_000;

    /// <summary>How soon somebody asks again who finds the lane without a part.</summary>
    private const long NextPart = 250_000;

    /// <summary>A hold of this silo that is not stored yet is younger than that.</summary>
    private const long Settled = 10_000_000;

    private long _rateUnits = RateUnits;
    private int? _mostConnections;
    private long _partUntil = long.MaxValue;
    private long _askedAt;
    private long _heldAt;

    /// <summary>Whether the silo may use any of the rate now.</summary>
    public bool HasPart
    {
        get
        {
            lock (_gate)
            {
                _askedAt = time.NowMicroseconds();
                Settle(_askedAt);
                return _rate == 0 || Current(_askedAt);
            }
        }
    }

    /// <summary>Waits until the silo may use some of the rate, or for a stop.</summary>
    public async Task AwaitPartAsync(CancellationToken cancellation)
    {
        while (!HasPart && !cancellation.IsCancellationRequested)
            await Task.Delay(TimeSpan.FromMicroseconds(NextPart / 2), time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>From now on nothing leaves but by a part of the limits.</summary>
    public void Share()
    {
        lock (_gate)
        {
            (_rateUnits, _partUntil) = (0, 0);
            _connections = _mostConnections is null ? null : 0;
        }
    }

    /// <summary>What to ask for: nothing for a lane without limits.</summary>
    public void AddClaims(List<LimitClaim> claims)
    {
        lock (_gate)
        {
            var now = time.NowMicroseconds();
            Settle(now);
            Expire(now);
            var wanted = now - _askedAt < Interest;
            if (_rate > 0) claims.Add(new LimitClaim(name + "#rate", RateUnits, _rateUnits, wanted));
            if (_mostConnections is { } most) claims.Add(new LimitClaim(name + "#connections", most, Math.Max(_connections ?? 0, _open), wanted));
        }
    }

    /// <summary>Takes over what was given.</summary>
    /// <param name="limit">Which of the claims it answers.</param>
    /// <param name="units">Units for this silo.</param>
    /// <param name="until">Microseconds of this silo's clock.</param>
    public void Grant(string limit, long units, long until)
    {
        lock (_gate)
        {
            Expire(time.NowMicroseconds());
            if (limit.EndsWith("#connections", StringComparison.Ordinal)) _connections = _mostConnections is null ? null : (int)units;
            else Resize(units);
            _partUntil = until;
        }
    }

    /// <summary>Takes over what another silo, or an operator there, has decided about holding this lane.</summary>
    /// <param name="stored">What is on record; <c>null</c> for nothing.</param>
    public void Adopt(LaneHold? stored)
    {
        lock (_gate)
        {
            var now = time.NowMicroseconds();
            if (_dirty || now - _heldAt < Settled || stored == _hold) return;
            if (stored is null)
            {
                if (_hold.Until > now || _hold.Failures > 0) Volatile.Write(ref _hold, NoHold(name));
            }
            else if (stored.ByOperator || stored.Until > _hold.Until || _hold.ByOperator)
            {
                Volatile.Write(ref _hold, stored);
                _planned = 0;
            }
        }
    }

    private bool Current(long now)
    {
        Expire(now);
        return _rateUnits > 0;
    }

    private void Expire(long now)
    {
        if (now <= _partUntil) return;
        Resize(0);
        if (_mostConnections is not null) _connections = 0;
        _partUntil = long.MaxValue;
    }

    /// <summary>
    /// The messages that might have left at once stay the same number: a part that grows begins with no more than it had, and one that came from another silo, which may have used
    /// it up, with none. So over any span all silos together keep to the rate.
    /// </summary>
    private void Resize(long units)
    {
        if (units == _rateUnits) return;
        var now = time.NowMicroseconds();
        var saved = _rateUnits > 0 && _interval > 0 ? (Burst - (_next - now)) / (double)_interval : 0;
        saved = Math.Min(saved, Burst / (double)Math.Max(_interval, 1));
        _rateUnits = units;
        SetInterval();
        if (units > 0 && _interval > 0) _next = now + Burst - (long)(saved * _interval);
    }

    private void SetInterval() => _interval = _rate > 0 ? (long)Math.Ceiling(1_000_000 / (_rate * Math.Max(_rateUnits, 1) / RateUnits)) : 0;
}
