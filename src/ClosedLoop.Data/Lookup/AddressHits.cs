namespace ClosedLoop.Data.Lookup;

/// <summary>What a search by address found.</summary>
/// <param name="Messages">Newest mailing first.</param>
/// <param name="NotSearched">Recipients that are neither in the index yet nor were looked through.</param>
public sealed record AddressHits(IReadOnlyList<MessageKey> Messages, long NotSearched);
