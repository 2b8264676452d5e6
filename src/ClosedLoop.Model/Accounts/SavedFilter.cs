namespace ClosedLoop.Model.Accounts;

/// <summary>A saved selection on one database.</summary>
public sealed record SavedFilter
{
    public required long Id { get; init; }

    public string? Name { get; init; }

    /// <summary>Id of the database.</summary>
    public required long Database { get; init; }

    public FilterUse Type { get; init; } = FilterUse.Both;

    /// <summary>Expression over the fields, as in <c>city = 'Rome' and age &gt;= 18</c>.</summary>
    public required string Expression { get; init; }
}
