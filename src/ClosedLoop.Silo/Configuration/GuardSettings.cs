namespace ClosedLoop.Silo.Configuration;

/// <summary>How a restored or copied database is noticed (decision 016).</summary>
public sealed record GuardSettings
{
    /// <summary>Hours since the last sign of life after which a start with open recipients is held.</summary>
    public double ToleranceHours { get; init; } = 2;

    /// <summary>Seconds between two signs of life.</summary>
    public double BeatSeconds { get; init; } = 10;
}
