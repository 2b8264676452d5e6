namespace ClosedLoop.Liquid.Values;

/// <summary>Whole numbers from start to end, both included; nothing when the end is smaller.</summary>
internal sealed record LiquidRange(long Start, long End)
{
    public long Count => End < Start ? 0 : End - Start < 0 || End - Start == long.MaxValue ? long.MaxValue : End - Start + 1;

    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Start}..{End}");
}
