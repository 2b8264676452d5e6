namespace ClosedLoop.Model.Lists;

/// <summary>
/// The master list: which columns a subscribers file has, in which order (closed-loop spec section 5).
/// The file itself declares nothing, so this is the only place that knows.
/// </summary>
public sealed record ListDefinition
{
    public const string EmailField = "email";
    public const string SourceField = "broadmail_id";
    public const string WaveField = "wave_id";

    public required IReadOnlyList<FieldDefinition> Fields { get; init; }

    /// <summary>The example of the interface: six columns, to be extended by agreement.</summary>
    public static ListDefinition Default { get; } = new()
    {
        Fields =
        [
            new() { Name = EmailField, DisplayName = "Email", Required = true },
            new() { Name = SourceField, DisplayName = "broadmail_ID", Type = FieldType.Long, Required = true },
            new() { Name = WaveField, DisplayName = "WAVE_ID", Type = FieldType.Long },
            new() { Name = "salutation", DisplayName = "Salutation" },
            new() { Name = "firstname", DisplayName = "First name" },
            new() { Name = "lastname", DisplayName = "Last name" },
        ],
    };

    /// <summary>Position of a field by internal name, or -1. Names compare without regard to case.</summary>
    public int IndexOf(string name)
    {
        for (var i = 0; i < Fields.Count; i++)
        {
            if (string.Equals(Fields[i].Name, name, StringComparison.OrdinalIgnoreCase)) return i;
        }

        return -1;
    }
}
