using System.Runtime.InteropServices;

namespace ClosedLoop.Grains.Embedded;

/// <summary>Which tick this is; all times UTC.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TickStatus(DateTime FirstTickTime, TimeSpan Period, DateTime CurrentTickTime);
