using System.Runtime.InteropServices;

namespace ClosedLoop.Grains.Embedded;

/// <summary>Calls of one grain method since the process started.</summary>
/// <param name="Method">Interface and method.</param>
/// <param name="Calls">Calls that ended.</param>
/// <param name="Errors">Calls that ended with an exception, time-outs before the start included.</param>
/// <param name="TotalTime">Sum of the times from the call to its end, waiting included.</param>
/// <param name="LongestTime">The longest of them.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct GrainMethodStatistics(string Method, long Calls, long Errors, TimeSpan TotalTime, TimeSpan LongestTime);
