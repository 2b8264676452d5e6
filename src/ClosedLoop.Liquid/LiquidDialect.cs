namespace ClosedLoop.Liquid;

/// <summary>The language a source is written in. All of them become the same compiled form.</summary>
public enum LiquidDialect
{
    Liquid,

    /// <summary>Campaign: <c>{Name}</c>, and field functions in a subset of ODR (closed-loop spec section 8).</summary>
    Campaign,

    /// <summary>Contactlab: <c>${field}$</c>, <c>&lt;{note}&gt;</c> and link codes (XML delivery spec section 10).</summary>
    Contactlab,
}
