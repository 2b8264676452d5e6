using System.Runtime.InteropServices;

namespace ClosedLoop.Data.Ledger;

/// <summary>One recipient inside a <see cref="RecipientBlock"/>.</summary>
/// <param name="Group">Number of the recipient's group, from 0; the caller says which mailing it is.</param>
/// <param name="Sequence">Place in its mailing, from 0, without gaps.</param>
/// <param name="AddressStart">Offset of the address in the block.</param>
/// <param name="AddressLength">Its length in bytes.</param>
/// <param name="FieldsStart">Offset of the field blob in the block.</param>
/// <param name="FieldsLength">Its length in bytes.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct BlockRow(int Group, int Sequence, int AddressStart, int AddressLength, int FieldsStart, int FieldsLength);
