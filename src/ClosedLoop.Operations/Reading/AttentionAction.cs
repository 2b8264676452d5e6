namespace ClosedLoop.Operations.Reading;

/// <summary>A button.</summary>
/// <param name="Label">What it does.</param>
/// <param name="Post">Where it posts to.</param>
/// <param name="Fields">What it sends along.</param>
public sealed record AttentionAction(string Label, string Post, params (string Name, string Value)[] Fields)
{
    /// <summary>What is asked before, with a reason; <c>null</c> for a button that acts at once.</summary>
    public string? Confirm { get; init; }
}
