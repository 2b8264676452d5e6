using ClosedLoop.Data.Delivery;
using ClosedLoop.Model;

namespace ClosedLoop.Delivery.Sending.Lanes;

/// <summary>The rate of a lane: the one of the client's definition, or the one that a person has set for a time.</summary>
internal sealed partial class Lane
{
    private double? _defined;
    private LaneLimit? _set;

    public void Limit(double? perSecond, int? connections)
    {
        lock (_gate)
        {
            _defined = perSecond;
            SetRate();

            // Of a shared lane the part comes later; until then there is none of what was not limited before.
            _connections = _mostConnections == connections ? _connections : _partUntil == long.MaxValue && _rateUnits > 0 ? connections : connections is null ? null : 0;
            _mostConnections = connections;
        }
    }

    /// <summary>Takes over a rate that somebody has set; <c>null</c> for none.</summary>
    public void Set(LaneLimit? limit)
    {
        lock (_gate)
        {
            if (limit == _set) return;
            _set = limit;
            Settle(time.NowMicroseconds(), isNew: true);
        }
    }

    /// <summary>Gives the lane its own rate back when the time of the other is over.</summary>
    private void Settle(long now, bool isNew = false)
    {
        var isOver = _set is { } set && set.Until <= now;
        if (!isOver && !isNew) return;
        if (isOver) _set = null;
        SetRate();

        // Times given at the old pace hold nobody up who comes now.
        _planned = 0;
        _next = Math.Min(_next, now + Burst);
    }

    private void SetRate()
    {
        _rate = _set?.PerSecond ?? _defined ?? 0;
        SetInterval();
    }
}
