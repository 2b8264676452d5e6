using System.Runtime.CompilerServices;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Filters;

/// <summary>Room for the arguments of one filter call without an array.</summary>
[InlineArray(Capacity)]
internal struct FilterArguments
{
    public const int Capacity = 4;

    private LiquidValue _first;
}
