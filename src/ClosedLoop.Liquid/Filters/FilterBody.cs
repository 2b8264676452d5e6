using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Filters;

/// <summary>What a filter does. The argument count was checked before.</summary>
internal delegate LiquidValue FilterBody(RenderContext context, in LiquidValue input, ReadOnlySpan<LiquidValue> arguments);
