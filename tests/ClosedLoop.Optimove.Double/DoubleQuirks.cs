namespace ClosedLoop.Optimove.Double;

/// <summary>Ways in which the real API was seen to differ from its pages.</summary>
public sealed record DoubleQuirks
{
    /// <summary>Ids as texts.</summary>
    public bool StringIds { get; init; }

    /// <summary>Attributes as one text named <c>CustomerAttribute</c>.</summary>
    public bool DelimitedAttributes { get; init; }

    /// <summary>Missing values as <c>"NULL"</c>.</summary>
    public bool NullText { get; init; }

    /// <summary>Names in camel case.</summary>
    public bool CamelCase { get; init; }
}
