namespace ClosedLoop.Model.Accounts;

/// <summary>A registered user.</summary>
public sealed record AccountUser
{
    /// <summary>SHA-256 of the user key, as in <c>sha256:9f86…</c>; null for a user who only gets reports.</summary>
    public string? Suid { get; init; }

    public required string Email { get; init; }

    public bool Active { get; init; } = true;

    /// <summary>Groups the user may send for; null means all.</summary>
    public IReadOnlyList<long>? Groups { get; init; }
}
