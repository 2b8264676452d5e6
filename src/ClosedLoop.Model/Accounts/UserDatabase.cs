namespace ClosedLoop.Model.Accounts;

/// <summary>A table of contacts.</summary>
public sealed record UserDatabase
{
    /// <summary>The field in which XML Delivery marks the rows of an operation (xml-delivery spec section 1).</summary>
    public const string CodeField = "XML_DELIVERY_CODE";

    public required long Id { get; init; }

    public string? Name { get; init; }

    /// <summary>Charset of its lists unless the configuration says otherwise: utf-8, iso-8859-15 or shift_jis.</summary>
    public string Charset { get; init; } = "utf-8";

    /// <summary>Whom filter 0 selects; null means everybody.</summary>
    public string? BaseFilter { get; init; }

    /// <summary>Each address is there once: a row of an address that is known gets the new values instead of being added.</summary>
    public bool UniqueAddress { get; init; }

    public required IReadOnlyList<DatabaseField> Fields { get; init; }

    /// <summary>The field of a name without regard to case, or null.</summary>
    public DatabaseField? Find(string name) => Fields.FirstOrDefault(field => string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase));
}
