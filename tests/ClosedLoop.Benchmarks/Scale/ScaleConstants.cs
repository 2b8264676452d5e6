namespace ClosedLoop.Benchmarks.Scale;

/// <summary>What one thing costs. The defaults were measured on a machine of two cores (docs/scale.md says how); all times in microseconds.</summary>
internal sealed record ScaleConstants
{
    /// <summary>Processor time of a silo for a recipient before its claim: read, render, compose.</summary>
    public double Prepare { get; init; } = 43;

    /// <summary>Processor time of a silo for a recipient between claim and record: the dialogue.</summary>
    public double Send { get; init; } = 106;

    /// <summary>Processor time of a silo for a recipient in its writer.</summary>
    public double Record { get; init; } = 26;

    /// <summary>Processor time of a DKIM signature, RSA of 2048 bits.</summary>
    public double Signature { get; init; } = 306;

    /// <summary>How long a transaction keeps the others out, whatever it carries, without the flush of the disk.</summary>
    public double Transaction { get; init; } = 350;

    /// <summary>How much longer for each group's claim or record in it, whatever its size.</summary>
    public double Write { get; init; } = 75;

    /// <summary>How much longer for each recipient of such a group.</summary>
    public double Row { get; init; } = 10.5;

    /// <summary>The flush of a commit.</summary>
    public double Flush { get; init; } = 200;
}
