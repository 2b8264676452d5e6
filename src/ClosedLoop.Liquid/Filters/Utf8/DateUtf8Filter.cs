using System.Text;
using ClosedLoop.Liquid.Filters.Dates;
using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Filters.Utf8;

/// <summary><c>date</c> with a constant format. A day as ISO 8601 writes it (2026-11-20) takes a way of its own.</summary>
internal sealed class DateUtf8Filter(string format, LiquidParseOptions options) : Utf8Filter
{
    private readonly DayFormat? _day = DayFormat.TryCreate(format);

    // A directive may ask for a width of 1024.
    public override long MaxLength(long input) => Math.Max(input, format.Length * 1100L);

    public override int TryFill(scoped ReadOnlySpan<byte> input, scoped Span<byte> room) =>
        input.IsEmpty ? 0 : _day?.TryFill(input, room) ?? -1;

    public override void Apply(scoped ReadOnlySpan<byte> input, ref Utf8Writer output)
    {
        if (input.IsEmpty)
        {
            return;
        }

        if (_day is null || !_day.TryWrite(input, ref output))
        {
            WriteGeneral(input, ref output);
        }
    }

    private void WriteGeneral(scoped ReadOnlySpan<byte> input, ref Utf8Writer output)
    {
        if (!DateReader.TryReadText(Encoding.UTF8.GetString(input), options.TimeProvider, options.TimeZone, out var date))
        {
            output.Write(input);
            return;
        }

        var budget = new RenderBudget();
        budget.Start(options.Limits, options.TimeProvider, CancellationToken.None);
        output.Write(DateFormatter.Format(date, format, options.TimeZone, budget));
    }
}
