namespace ClosedLoop.Liquid;

/// <summary>How a template is read and what it may use. Immutable; one instance serves any number of templates.</summary>
public sealed record LiquidParseOptions
{
    public static LiquidParseOptions Default { get; } = new();

    /// <summary>Named in errors.</summary>
    public string TemplateName { get; init; } = "template";

    /// <summary>The recipient list's columns; null when all data is handed over per render.</summary>
    public LiquidSchema? Schema { get; init; }

    public LiquidMode Mode { get; init; } = LiquidMode.Lax;

    /// <summary>The language of the source. Partials are of the same.</summary>
    public LiquidDialect Dialect { get; init; } = LiquidDialect.Liquid;

    /// <summary>Names that only a vendor's dialect knows.</summary>
    public LiquidDialectNames DialectNames { get; init; } = LiquidDialectNames.None;

    /// <summary>Product data; null means there are no filters and placeholders for it.</summary>
    public LiquidCatalogue? Catalogue { get; init; }

    public LiquidAutoEscape AutoEscape { get; init; } = LiquidAutoEscape.None;

    /// <summary>Block tags of the host by name; <c>end</c> + name closes them.</summary>
    public IReadOnlyDictionary<string, LiquidBlockHandler> Tags { get; init; } = new Dictionary<string, LiquidBlockHandler>();

    /// <summary>Source of partials; null means a template that names one fails.</summary>
    public ILiquidPartialLoader? PartialLoader { get; init; }

    /// <summary>A partial that cannot be found or read is a parse error, not an error of the render that reaches it.</summary>
    public bool RequirePartials { get; init; }

    public LiquidLimits Limits { get; init; } = LiquidLimits.Default;

    /// <summary>The clock behind <c>'now' | date</c> and the time limit.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Zone of dates that carry none. Default UTC.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;
}
