namespace ClosedLoop.Data.Ledger;

/// <summary>One accepted record of a file.</summary>
/// <param name="Address">Normalised address.</param>
/// <param name="Fields">All columns, see <see cref="Model.Recipients.RecipientFields"/>.</param>
public readonly record struct ImportedRecipient(string Address, byte[] Fields);
