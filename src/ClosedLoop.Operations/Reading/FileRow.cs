using ClosedLoop.Data.Mailings;

namespace ClosedLoop.Operations.Reading;

/// <summary>One imported row of a file.</summary>
/// <param name="Row">Its place among the imported rows, from 1.</param>
/// <param name="Mailing">The mailing it became part of.</param>
/// <param name="Sequence">Its position there.</param>
/// <param name="Address">The recipient.</param>
/// <param name="Fields">Its columns as stored.</param>
public sealed record FileRow(long Row, MailingRow Mailing, int Sequence, string Address, ReadOnlyMemory<byte> Fields);
