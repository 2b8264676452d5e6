namespace ClosedLoop.Delivery.Sending;

/// <summary>When a recipient that was refused for now is tried again: 5 minutes doubling to 66, with at least 10 % jitter.</summary>
internal sealed class RetrySchedule(DeliveryOptions options)
{
    /// <summary>Most of a pause that is added at random.</summary>
    internal const double Jitter = 0.2;

    /// <summary>Pause after the given number of attempts.</summary>
    /// <param name="attempts">Attempts made, from 1.</param>
    /// <param name="random">In [0, 1): spreads recipients that were refused together over up to 20 % more time.</param>
    public TimeSpan After(int attempts, double random)
    {
        var doubled = options.FirstRetry * Math.Pow(2, Math.Clamp(attempts - 1, 0, 16));
        var pause = doubled < options.LongestRetry ? doubled : options.LongestRetry;
        return pause * (1 + (Jitter * random));
    }
}
