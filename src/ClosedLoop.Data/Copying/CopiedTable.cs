namespace ClosedLoop.Data.Copying;

/// <summary>A table that was copied, as read back from the target.</summary>
/// <param name="Name">The table.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="Checksum">Sum of the SHA-256 of all rows, cut to 128 bits, in hex: the same whatever their order.</param>
public sealed record CopiedTable(string Name, long Rows, string Checksum);
