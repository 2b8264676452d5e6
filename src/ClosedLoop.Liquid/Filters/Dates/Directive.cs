namespace ClosedLoop.Liquid.Filters.Dates;

/// <summary>One <c>%…</c> of a date format.</summary>
internal readonly record struct Directive
{
    public char Letter { get; init; }

    public int Width { get; init; }

    /// <summary>The character to fill up with; null for the letter's own.</summary>
    public char? Padding { get; init; }

    /// <summary>Flag <c>-</c>.</summary>
    public bool NoPadding { get; init; }

    /// <summary>Flag <c>^</c>.</summary>
    public bool Upper { get; init; }

    /// <summary>Flag <c>#</c>.</summary>
    public bool Swap { get; init; }

    public int Colons { get; init; }
}
