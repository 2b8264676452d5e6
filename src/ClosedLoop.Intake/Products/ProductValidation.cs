using ClosedLoop.Data.Products;
using ClosedLoop.Intake.Subscribers;

namespace ClosedLoop.Intake.Products;

/// <summary>What the first pass over a product file found.</summary>
public sealed class ProductValidation
{
    public required ProblemList Problems { get; init; }

    /// <summary>Records read, the header not counted.</summary>
    public required long Records { get; init; }

    /// <summary>Records that are taken over, those included that a later one of the same id replaces.</summary>
    public required long Accepted { get; init; }

    /// <summary>What is in force afterwards.</summary>
    public required ProductCounts Counts { get; init; }

    public long Skipped => Records - Accepted;

    /// <summary>The file must not be loaded: what was in force stays.</summary>
    public bool Failed => Problems.ErrorCount > 0;

    /// <summary>The keys of the file, for the second pass.</summary>
    internal KeySet Keys { get; init; } = new();
}
