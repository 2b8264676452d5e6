using ClosedLoop.Model;
using ClosedLoop.Model.Clients;

namespace ClosedLoop.Responses.Export;

/// <summary>
/// The cut-offs of a client: one for each local date, and between two of them whatever a shorter interval gives. Where the clock jumps over the time of day, the cut-off is the
/// moment of the jump; where the hour comes twice, it is the first of the two.
/// </summary>
internal sealed class ExportSchedule(ExportSettings settings)
{
    private const long Day = 86_400_000_000;

    private readonly TimeZoneInfo _zone = ExportFormat.ZoneOf(settings);
    private readonly long _interval = (long)settings.Interval.TotalMicroseconds;
    private readonly TimeOnly _time = new(settings.Time.Hour, settings.Time.Minute);

    /// <summary>The first cut-off after a moment; both in microseconds.</summary>
    public long Next(long after)
    {
        var date = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Instants.FromMicroseconds(after), _zone).DateTime).AddDays(-2);
        while (true)
        {
            var (daily, next) = (At(date), At(date.AddDays(1)));
            if (next > after)
            {
                // Between two daily cut-offs the interval is counted in time that passed: a day of 23 or 25 hours has fewer or more of them.
                if (daily > after) return daily;
                return _interval == Day ? next : Math.Min(daily + ((((after - daily) / _interval) + 1) * _interval), next);
            }

            date = date.AddDays(1);
        }
    }

    /// <summary>The newest <paramref name="most"/> cut-offs in (<paramref name="after"/>, <paramref name="until"/>], oldest first.</summary>
    public IReadOnlyList<long> Due(long after, long until, int most)
    {
        var due = new Queue<long>();
        for (var cut = Next(after); cut <= until; cut = Next(cut))
        {
            due.Enqueue(cut);
            if (due.Count > most) due.Dequeue();
        }

        return [.. due];
    }

    private long At(DateOnly date)
    {
        var local = date.ToDateTime(_time);
        while (_zone.IsInvalidTime(local)) local = local.AddMinutes(1);
        var offset = _zone.IsAmbiguousTime(local) ? _zone.GetAmbiguousTimeOffsets(local).Max() : _zone.GetUtcOffset(local);
        return Instants.ToMicroseconds(new DateTimeOffset(local, offset));
    }
}
