using System.Globalization;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Filters;

/// <summary>A filter's name, how many arguments it takes, and what it does.</summary>
internal sealed record FilterDefinition(string Name, int MinArguments, int MaxArguments, FilterBody Apply)
{
    /// <summary>The result depends on nothing but input and arguments, so it may be computed ahead of the render.</summary>
    public bool IsPure { get; init; } = true;

    /// <summary>For a filter that is not pure: the input with this first argument gives the same at any time all the same.</summary>
    public Func<LiquidValue, LiquidValue, bool>? IsFixedFor { get; init; }

    /// <summary>The result is text that auto-escape leaves alone.</summary>
    public bool MakesMarkup { get; init; }

    public string DescribeArguments() => MinArguments == MaxArguments
        ? MinArguments.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{MinArguments} to {MaxArguments}");
}
