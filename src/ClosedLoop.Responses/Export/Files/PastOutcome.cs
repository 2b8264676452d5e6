using System.Runtime.InteropServices;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Responses.Export.Files;

/// <summary>An outcome that was taken back later.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PastOutcome(long Recorded, RecipientState State, long DoneAt);
