using System.Runtime.InteropServices;
using ClosedLoop.Model.Events;

namespace ClosedLoop.Model.Verdicts;

/// <summary>An open or click as the rules see it.</summary>
/// <param name="Kind">Open or click.</param>
/// <param name="LinkOrdinal">Position of the link in the message.</param>
/// <param name="OccurredAt">Moment in microseconds.</param>
/// <param name="Seen">Signs of the request.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct JudgedEvent(TrackedEventKind Kind, int LinkOrdinal, long OccurredAt, EventSigns Seen);
