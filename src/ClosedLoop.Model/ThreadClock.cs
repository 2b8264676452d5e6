using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ClosedLoop.Model;

/// <summary>
/// Processor time of the calling thread: says what a stage costs even while more threads than processors are at work, which
/// wall time does not. Where the system has no such clock, wall time stands in.
/// </summary>
public static partial class ThreadClock
{
    private const int ThreadCpuTime = 3; // CLOCK_THREAD_CPUTIME_ID of Linux

    /// <summary>Nanoseconds since some point in the past; only differences on one thread mean something.</summary>
    public static long Nanoseconds =>
        OperatingSystem.IsLinux() && GetTime(ThreadCpuTime, out var time) == 0
            ? (time.Seconds * 1_000_000_000) + time.Nanoseconds
            : (long)Stopwatch.GetElapsedTime(0).TotalNanoseconds;

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out TimeSpec time);

    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
