using System.Runtime.InteropServices;

namespace ClosedLoop.Data.Channels;

/// <summary>What became of receipts.</summary>
/// <param name="Stored">New ones.</param>
/// <param name="Repeated">Ones that were there already.</param>
/// <param name="Early">New ones about no message that is known yet.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ReceiptCounts(int Stored, int Repeated, int Early);
