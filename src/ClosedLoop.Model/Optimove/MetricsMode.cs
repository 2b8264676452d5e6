namespace ClosedLoop.Model.Optimove;

/// <summary>How results are told (optimove spec section 7).</summary>
public enum MetricsMode
{
    Interactions,
    Metrics,
    EngagementEvents,
}
