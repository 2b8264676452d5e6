namespace ClosedLoop.Benchmarks.Smtp;

/// <summary>One number of sessions, both senders.</summary>
internal sealed record SmtpMeasurement
{
    public required int Sessions { get; init; }

    /// <summary>Messages per second of this project's client, one figure a round.</summary>
    public required IReadOnlyList<double> PerSecond { get; init; }

    /// <summary>Messages per second of <c>smtp-source</c> in the rounds between; empty when it is not installed.</summary>
    public required IReadOnlyList<double> SmtpSourcePerSecond { get; init; }

    /// <summary>Octets allocated on the heap for each message, last round.</summary>
    public required double AllocatedBytesPerMessage { get; init; }

    /// <summary>Processor time of this process for each message, last round.</summary>
    public required double CpuMicrosecondsPerMessage { get; init; }

    /// <summary>Messages that were not accepted.</summary>
    public required int Failed { get; init; }

    /// <summary>Median of the client over median of <c>smtp-source</c>.</summary>
    public double? RatioToSmtpSource => SmtpSourcePerSecond.Count == 0 ? null : Math.Round(Median(PerSecond) / Median(SmtpSourcePerSecond), 3);

    public static double Median(IReadOnlyList<double> values) => values.Order().ElementAt(values.Count / 2);
}
