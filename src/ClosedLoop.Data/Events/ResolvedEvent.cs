using System.Runtime.InteropServices;
using ClosedLoop.Model.Events;
using ClosedLoop.Model.Verdicts;

namespace ClosedLoop.Data.Events;

/// <summary>A tracked event with what its user agent says, ready to be stored.</summary>
/// <param name="Event">What happened.</param>
/// <param name="Browser">As exported, e.g. <c>Firefox 128.0</c>.</param>
/// <param name="Platform">As exported, e.g. <c>Windows 11</c>.</param>
/// <param name="Device">As exported: <c>Desktop</c>, <c>Mobile</c>, <c>Tablet</c> or <c>unknown</c>.</param>
/// <param name="Seen">Signs of the request; null when nobody looked, and then the event gets no verdict.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ResolvedEvent(TrackedEvent Event, string Browser, string Platform, string Device, EventSigns? Seen = null);
