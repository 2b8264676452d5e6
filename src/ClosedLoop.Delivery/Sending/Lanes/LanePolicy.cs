namespace ClosedLoop.Delivery.Sending.Lanes;

/// <summary>When a lane holds back, and for how long.</summary>
/// <param name="Threshold">Weight of refusals in a row, without a success between them, at which the lane holds.</param>
/// <param name="FirstHold">Length of the first hold; the next one is twice as long.</param>
/// <param name="LongestHold">No hold is longer, jitter apart.</param>
internal sealed record LanePolicy(int Threshold, TimeSpan FirstHold, TimeSpan LongestHold)
{
    /// <summary>
    /// A relay: what it says of the connection weighs as much as a hundred recipients refused for now, so one refused
    /// connection holds the lane, and a hundred recipients in a row do so over whatever domains.
    /// </summary>
    public static LanePolicy Relay { get; } = new(100, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5));

    /// <summary>
    /// A recipient domain. The threshold is above what a server that defers every first attempt (greylisting) needs to be told
    /// from one that is overloaded: the first lets earlier recipients through meanwhile, which counts as a success.
    /// </summary>
    public static LanePolicy Domain { get; } = new(20, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(66));

    /// <summary>Length of a hold.</summary>
    /// <param name="holds">Holds in a row before this one.</param>
    /// <param name="random">In [0, 1).</param>
    public TimeSpan After(int holds, double random)
    {
        var doubled = FirstHold * Math.Pow(2, Math.Clamp(holds, 0, 16));
        return (doubled < LongestHold ? doubled : LongestHold) * (1 + (RetrySchedule.Jitter * random));
    }
}
