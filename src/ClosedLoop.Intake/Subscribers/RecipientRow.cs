using System.Runtime.InteropServices;

namespace ClosedLoop.Intake.Subscribers;

/// <summary>One accepted record inside a <see cref="RecipientChunk"/>.</summary>
/// <param name="Group">Index into <see cref="FileValidation.Groups"/>.</param>
/// <param name="Record">Record number in the file.</param>
/// <param name="AddressStart">Offset of the address in the chunk.</param>
/// <param name="AddressLength">Its length in bytes.</param>
/// <param name="FieldsStart">Offset of the field blob in the chunk.</param>
/// <param name="FieldsLength">Its length in bytes.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct RecipientRow(int Group, long Record, int AddressStart, int AddressLength, int FieldsStart, int FieldsLength);
