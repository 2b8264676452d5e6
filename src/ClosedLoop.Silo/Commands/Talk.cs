namespace ClosedLoop.Silo.Commands;

/// <summary>How much is said on standard error besides faults. It belongs to the process, as the console does.</summary>
internal static class Talk
{
    /// <summary>Neither progress nor stages (<c>--quiet</c>).</summary>
    public static bool IsQuiet { get; set; }
}
