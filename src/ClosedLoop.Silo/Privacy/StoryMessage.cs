namespace ClosedLoop.Silo.Privacy;

/// <summary>A message and what became of it.</summary>
/// <param name="Mailing">Mailing id.</param>
/// <param name="Name">Name of the mailing.</param>
/// <param name="Recipient">Id of the recipient in the response files.</param>
/// <param name="Sequence">Position in the mailing.</param>
/// <param name="File">The file it came with.</param>
/// <param name="State">State in the ledger.</param>
/// <param name="Why">That state in a sentence: for whoever got nothing, the reason and where it comes from.</param>
/// <param name="Attempts">How often it was handed over.</param>
/// <param name="At">When the outcome was known.</param>
/// <param name="Columns">The columns of the list.</param>
/// <param name="Steps">What happened, in order.</param>
/// <param name="FetchedFrom">Addresses that content was fetched from.</param>
internal sealed record StoryMessage(
    long Mailing, string Name, long Recipient, int Sequence, string? File, string State, string Why, int Attempts, DateTimeOffset? At,
    IReadOnlyDictionary<string, string?> Columns, IReadOnlyList<StoryStep> Steps, IReadOnlyList<string> FetchedFrom);
