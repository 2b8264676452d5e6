namespace ClosedLoop.Model.Lists;

/// <summary>One column of a recipient list (closed-loop spec section 5).</summary>
public sealed record FieldDefinition
{
    /// <summary>Longest value of a STRING field without a length of its own, in Unicode code points.</summary>
    public const int DefaultStringLength = 255;

    /// <summary>The same of a field of product ids (closed-loop spec section 5).</summary>
    public const int DefaultProductIdLength = 256;

    /// <summary>Longest value of a TEXT field, in Unicode code points.</summary>
    public const int MaxTextLength = 65_535;

    /// <summary>Name used in templates, exports and tables: lower-case letters, digits and underscore.</summary>
    public required string Name { get; init; }

    /// <summary>Name shown to people, as in <c>First name</c>. The internal name when not given.</summary>
    public string? DisplayName { get; init; }

    public FieldType Type { get; init; } = FieldType.String;

    public FieldContent Content { get; init; } = FieldContent.Plain;

    /// <summary>An empty value is refused with E206.</summary>
    public bool Required { get; init; }

    /// <summary>Longest value in Unicode code points; only STRING and TEXT look at it.</summary>
    public int? Length { get; init; }

    /// <summary>The limit in force, in Unicode code points; <see cref="int.MaxValue"/> for types that have none.</summary>
    public int EffectiveLength => Type switch
    {
        FieldType.String => Length ?? (Content == FieldContent.ProductId ? DefaultProductIdLength : DefaultStringLength),
        FieldType.Text => Math.Min(Length ?? MaxTextLength, MaxTextLength),
        _ => int.MaxValue,
    };
}
