namespace ClosedLoop.Benchmarks.Pipeline;

/// <summary>What one run measured. Rates are recipients per second from claim of the file to the end of the mailing.</summary>
internal sealed record PipelineReport
{
    public required int Recipients { get; init; }

    /// <summary>What signed the messages; <c>null</c> for nothing.</summary>
    public required string? Dkim { get; init; }

    public required long Sent { get; init; }

    public required double Seconds { get; init; }

    public double RecipientsPerSecond => Math.Round(Recipients / Seconds);

    /// <summary>Sending alone: from the start of the mailing to its end.</summary>
    public required double SendingPerSecond { get; init; }

    public required double CpuSeconds { get; init; }

    public required long PeakMemoryBytes { get; init; }

    public required double MessageBytes { get; init; }

    public required long Commits { get; init; }

    public required IReadOnlyList<PipelineStage> Stages { get; init; }

    /// <summary>Messages per second of <c>smtp-source</c> into the same server, before and after; empty when it is not installed.</summary>
    public required IReadOnlyList<double> SmtpSourcePerSecond { get; init; }

    /// <summary>Whole pipeline against the mean of <c>smtp-source</c>.</summary>
    public double? RatioToSmtpSource => SmtpSourcePerSecond.Count == 0 ? null : Math.Round(RecipientsPerSecond / SmtpSourcePerSecond.Average(), 3);
}
