namespace ClosedLoop.Liquid;

/// <summary>How a template that names unknown things is treated.</summary>
public enum LiquidMode
{
    /// <summary>Unknown variables render as nothing and unknown filters pass their input on, as in the reference implementation.</summary>
    Lax,

    /// <summary>Unknown filters, wrong argument counts and (where a schema is given) unknown variables are parse errors.</summary>
    Strict,
}
