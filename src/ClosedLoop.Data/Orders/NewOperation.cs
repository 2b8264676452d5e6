namespace ClosedLoop.Data.Orders;

/// <summary>A semaphore that is about to be claimed.</summary>
public sealed record NewOperation
{
    public required long ClientId { get; init; }

    public required int AccountVersion { get; init; }

    public required string Configuration { get; init; }

    public required string Name { get; init; }

    public required string? XmlFile { get; init; }

    public required IReadOnlyList<string> Semaphores { get; init; }

    public required string Host { get; init; }
}
