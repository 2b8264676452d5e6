namespace ClosedLoop.Delivery.Products;

/// <summary>How much product data is kept in memory.</summary>
internal sealed record ProductCacheLimits
{
    /// <summary>Up to this size, in bytes as stored, products, mapping and recommendations are each kept whole.</summary>
    public long WholeBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>Room for what was looked up lately of something larger, in bytes; twice that at most.</summary>
    public long RecentBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Versions, of all clients, that are kept at the same time.</summary>
    public int Versions { get; init; } = 8;
}
