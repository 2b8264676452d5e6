namespace ClosedLoop.Model.Clients;

/// <summary>Who a client's mail comes from.</summary>
public sealed record SenderSettings
{
    public required string Address { get; init; }

    public string? Name { get; init; }

    /// <summary>Domain of the per-recipient return path (VERP); the sender's domain when not given.</summary>
    public string? ReturnPathDomain { get; init; }
}
