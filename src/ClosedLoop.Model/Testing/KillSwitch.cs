using System.Globalization;
using System.Runtime.InteropServices;

namespace ClosedLoop.Model.Testing;

/// <summary>
/// Dies by SIGKILL at a named point, for the rig. Off unless the environment variable <see cref="Variable"/> is set when the process
/// starts; then a point costs a comparison with a constant.
/// </summary>
public static class KillSwitch
{
    /// <summary><c>CLOSEDLOOP_KILL_AT=NAME[:N]</c>: at the N-th time the point is reached, 1 when left out.</summary>
    public const string Variable = "CLOSEDLOOP_KILL_AT";

    private const int Kill = 9;

    private static readonly string? Wanted = Environment.GetEnvironmentVariable(Variable);
    private static readonly (KillPoint Point, int Nth)? Parsed = Parse(Wanted);

    // Constants to the compiler at run time: a switch that is off leaves nothing behind.
    private static readonly KillPoint At = Parsed?.Point ?? default;
    private static readonly int Nth = Parsed?.Nth ?? 0;
    private static int _reached;

    /// <summary>What the variable says; null when it is not set.</summary>
    public static string? Order => Wanted;

    /// <summary>Whether the variable says something that cannot be understood, so that no point would ever be reached.</summary>
    public static bool IsMisread => Wanted is not null && Parsed is null;

    /// <summary>Whether this process is to die at a point: for what is only put in place then.</summary>
    public static bool IsFor(KillPoint point) => At == point;

    /// <summary>The process is at a point; does not return when it is the one.</summary>
    public static void Reach(KillPoint point)
    {
        if (At != default && At == point && Interlocked.Increment(ref _reached) == Nth) Die();
    }

    /// <summary>Reads <c>NAME[:N]</c>.</summary>
    /// <returns>Null when nothing is wanted, or it cannot be understood.</returns>
    internal static (KillPoint Point, int Nth)? Parse(string? text)
    {
        if (text is null) return null;
        var nth = 1;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? text : text[..colon];
        if (colon >= 0 && (!int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out nth) || nth == 0)) return null;

        // Not Enum.TryParse, which takes numbers and lists as well.
        var point = Enum.GetValues<KillPoint>().FirstOrDefault(each => each.ToString() == name);
        return point == default ? null : (point, nth);
    }

    // Not Environment.FailFast, which runs handlers and writes a dump: a power cut does neither. The signal takes the whole process, also
    // while other threads are in the middle of a write.
    private static void Die()
    {
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException($"{Variable} needs SIGKILL.");
        _ = SendSignal(Environment.ProcessId, Kill);
        Thread.Sleep(Timeout.Infinite);
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int process, int signal);
}
