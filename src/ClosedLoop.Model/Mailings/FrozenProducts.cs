namespace ClosedLoop.Model.Mailings;

/// <summary>Which product data a copy uses, now and whenever it is rendered again (closed-loop spec section 9).</summary>
public sealed record FrozenProducts
{
    /// <summary>Version of the client's product data; 0 is none.</summary>
    public required long Version { get; init; }

    /// <summary>What stands for a product that is not there, see <see cref="Clients.ProductSettings.Missing"/>.</summary>
    public required string Missing { get; init; }

    public string? FallbackId { get; init; }
}
