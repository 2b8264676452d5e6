namespace ClosedLoop.Operations.Ports;

/// <summary>How a process of the installation does.</summary>
public enum ProcessState
{
    /// <summary>It has begun to start.</summary>
    Starting,

    /// <summary>It gives signs of life.</summary>
    Working,

    /// <summary>It was asked to stop and ends what it has.</summary>
    Stopping,

    /// <summary>It has ended without a word, or does not answer.</summary>
    Silent,

    /// <summary>It has ended as it was asked to.</summary>
    Stopped,
}
