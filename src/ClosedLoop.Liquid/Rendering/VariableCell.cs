using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Rendering;

/// <summary>One variable of one scope; set to nil is not the same as not set.</summary>
internal struct VariableCell
{
    public LiquidValue Value;
    public bool IsSet;
}
