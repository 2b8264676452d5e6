using ClosedLoop.Model;
using ClosedLoop.Model.Clients;

namespace ClosedLoop.Responses.Export;

/// <summary>
/// The daily cut-offs of a client: one for each local date. Where the clock jumps over the time of day, the cut-off is the
/// moment of the jump; where the hour comes twice, it is the first of the two.
/// </summary>
internal sealed class ExportSchedule(ExportSettings settings)
{
    private readonly TimeZoneInfo _zone = ExportFormat.ZoneOf(settings);
    private readonly TimeOnly _time = new(settings.Time.Hour, settings.Time.Minute);

    /// <summary>The first cut-off after a moment; both in microseconds.</summary>
    public long Next(long after)
    {
        var date = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Instants.FromMicroseconds(after), _zone).DateTime).AddDays(-1);
        while (true)
        {
            var cut = At(date);
            if (cut > after) return cut;
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
