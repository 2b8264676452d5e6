namespace ClosedLoop.Silo.Privacy;

/// <summary>Which message to make again.</summary>
/// <param name="Mailing">Mailing id.</param>
/// <param name="Address">Of the recipient.</param>
/// <param name="Date">Second at which it was made; that of its outcome when not known.</param>
internal sealed record MessageRequest(long Mailing, string Address, DateTimeOffset? Date);
