namespace ClosedLoop.Rig;

/// <summary>Exit codes of the rig.</summary>
internal static class RigExit
{
    public const int Kept = 0;
    public const int Broken = 1;
    public const int Usage = 2;

    /// <summary>Something that was asked for cannot be run here; nothing that was run broke a promise.</summary>
    public const int NotRun = 3;
}
