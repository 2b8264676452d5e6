namespace ClosedLoop.Model.Clients;

/// <summary>How fast mail may go to one recipient domain.</summary>
public sealed record LaneLimits
{
    /// <summary>Messages per second, averaged over a second; <c>null</c> sets no limit.</summary>
    public double? PerSecond { get; init; }

    /// <summary>Connections that carry this domain's mail at the same time; <c>null</c> sets no limit but that of the relay.</summary>
    public int? Connections { get; init; }
}
