namespace ClosedLoop.Data.Privacy;

/// <summary>What was taken out of the database of one person and client.</summary>
/// <param name="Hash">Under which the person is remembered.</param>
/// <param name="Objected">The person had said no to mail or tracking, which goes on holding.</param>
/// <param name="Messages">Messages whose address and columns are gone.</param>
/// <param name="Withdrawn">Of them, those that were still to be sent and are not any more.</param>
/// <param name="Responses">Responses whose text is gone.</param>
/// <param name="Links">Unsubscribe links of older mailings that lead to nobody now.</param>
/// <param name="Entries">Entries of lists: suppression, untracked, bounce counters, product mappings.</param>
/// <param name="Actions">Rows of the audit that name the person by the hash now.</param>
public sealed record ErasureResult(string Hash, bool Objected, int Messages, int Withdrawn, int Responses, int Links, int Entries, int Actions);
