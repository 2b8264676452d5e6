namespace ClosedLoop.Liquid;

/// <summary>The values of one recipient, read by slot number. Must not change while a render reads it.</summary>
public abstract class LiquidRow
{
    /// <summary>True when the slot has no value; it then renders as nothing and is falsy.</summary>
    public abstract bool IsNull(int slot);

    /// <summary>The value as UTF-8 text, empty when the slot has none. Stays valid for the whole render.</summary>
    public abstract ReadOnlySpan<byte> Utf8(int slot);
}
