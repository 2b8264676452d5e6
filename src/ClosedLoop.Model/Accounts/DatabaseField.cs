namespace ClosedLoop.Model.Accounts;

/// <summary>One field of a user database.</summary>
public sealed record DatabaseField
{
    /// <summary>Longest value of a string field without a length of its own, in characters.</summary>
    public const int DefaultStringLength = 255;

    public required string Name { get; init; }

    public DatabaseFieldType Type { get; init; } = DatabaseFieldType.String;

    /// <summary>Longest value in characters; only string and text look at it.</summary>
    public int? Length { get; init; }

    /// <summary>What the field identifies a recipient of; null for data.</summary>
    public FieldRole? Role { get; init; }

    /// <summary>The limit in force, in characters.</summary>
    public int EffectiveLength => Length ?? (Type == DatabaseFieldType.String ? DefaultStringLength : 65_535);
}
