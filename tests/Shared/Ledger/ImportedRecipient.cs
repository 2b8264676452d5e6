namespace ClosedLoop.Data.Ledger;

/// <summary>A recipient as a test names one.</summary>
/// <param name="Address">Normalised address.</param>
/// <param name="Fields">All columns, see <see cref="Model.Recipients.RecipientFields"/>.</param>
internal readonly record struct ImportedRecipient(string Address, byte[] Fields);
