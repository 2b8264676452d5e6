using System.Runtime.InteropServices;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Responses.Export.Files;

/// <summary>An outcome that a resend took back later.</summary>
/// <param name="Recorded">Stamp of the outcome.</param>
/// <param name="State">What it was.</param>
/// <param name="DoneAt">Microseconds; when it was known.</param>
/// <param name="TakenBack">Stamp from which the recipient was being sent again.</param>
/// <param name="GivenBack">Stamp from which it holds again, because the resend did not reach the recipient; the highest number when it did.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PastOutcome(long Recorded, RecipientState State, long DoneAt, long TakenBack, long GivenBack);
