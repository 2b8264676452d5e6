using System.Runtime.InteropServices;

namespace ClosedLoop.Data.Resend;

/// <summary>A recipient to be sent to again, as planned: taken back only if nothing has changed since.</summary>
/// <param name="Sequence">Position in the mailing.</param>
/// <param name="State">Number of the state.</param>
/// <param name="Category">Number of the response category that counts, -1 for none.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ResendCandidate(int Sequence, int State, int Category);
