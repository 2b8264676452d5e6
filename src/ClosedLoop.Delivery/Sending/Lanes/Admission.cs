using System.Runtime.InteropServices;

namespace ClosedLoop.Delivery.Sending.Lanes;

/// <summary>Whether a recipient may be sent to now.</summary>
/// <param name="DueAt">Microseconds; when to ask again, 0 when admitted.</param>
/// <param name="Reason">Why not now.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Admission(long DueAt, string? Reason)
{
    public bool Admitted => DueAt == 0;
}
