namespace ClosedLoop.Rig.Trials;

/// <summary>What a run came to.</summary>
internal sealed class TrialResult
{
    /// <summary>Why the run could not be made; null when it was.</summary>
    public string? NotRun { get; set; }

    /// <summary>Whether the trouble struck; a run that was over before it did proves nothing.</summary>
    public bool Struck { get; set; }

    /// <summary>Where it struck.</summary>
    public string Moment { get; set; } = "";

    public int Kills { get; set; }

    public int Lost { get; set; }

    public int Repeated { get; set; }

    /// <summary>Recipients claimed and not recorded, for each kill.</summary>
    public List<int> InDoubt { get; } = [];

    /// <summary>Recipients that ended in doubt.</summary>
    public int Unknown { get; set; }

    /// <summary>Seconds from the start of the new process to the first message at the sink, or to readiness when nothing was left to send.</summary>
    public List<double> Resumed { get; } = [];

    /// <summary>Promises that were broken, in words.</summary>
    public List<string> Broken { get; } = [];

    public double Seconds { get; set; }

    /// <summary>Where the data of a broken run was left.</summary>
    public string? Kept { get; set; }
}
