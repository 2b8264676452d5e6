namespace ClosedLoop.Model.Clients;

/// <summary>The <c>products.*</c> keys of closed-loop spec section 19, and the limits of the files in <c>products/</c>.</summary>
public sealed record ProductSettings
{
    public const string Omit = "omit";
    public const string Fallback = "fallback";
    public const string Fail = "fail";

    /// <summary>What stands for a product that is not there: <c>omit</c> nothing, <c>fallback</c> another product, <c>fail</c> the recipient gets no mail.</summary>
    public string Missing { get; init; } = Omit;

    /// <summary>Id of the product that stands for missing ones.</summary>
    public string? FallbackId { get; init; }

    /// <summary>Largest file, in bytes.</summary>
    public long MaxBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>Most records of a file, the header not counted.</summary>
    public int MaxRows { get; init; } = 1_000_000;

    /// <summary>Most columns of a file.</summary>
    public int MaxColumns { get; init; } = 200;
}
