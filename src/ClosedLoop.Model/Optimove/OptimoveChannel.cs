namespace ClosedLoop.Model.Optimove;

/// <summary>One execution channel.</summary>
public sealed record OptimoveChannel
{
    /// <summary>Number that Optimove's people assigned; never 0.</summary>
    public required int ChannelId { get; init; }

    public required OptimoveMedium Medium { get; init; }
}
