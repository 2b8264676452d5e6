namespace ClosedLoop.Mailings;

/// <summary>How mailings are driven.</summary>
public sealed record MailingOptions
{
    /// <summary>Slices of one mailing that a silo sends at the same time.</summary>
    public int ConcurrentBatches { get; init; } = 8;

    /// <summary>How many silos send; asked each time, because they come and go.</summary>
    public Func<int> Silos { get; init; } = static () => 1;

    /// <summary>How long a queued mailing waits between two looks at whether its source is free.</summary>
    public TimeSpan QueuePoll { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Pause before a slice whose run broke off is driven again.</summary>
    public TimeSpan BrokenBatchDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a durable reminder looks at a mailing that should be moving.</summary>
    public TimeSpan Watch { get; init; } = TimeSpan.FromMinutes(1);
}
