using System.Runtime.InteropServices;

namespace ClosedLoop.Data.Events;

/// <summary>A judged event's row.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct StoredVerdict(long EventId, long Recorded, int Verdict, int Score, int Reasons, int Rules);
