namespace ClosedLoop.Silo.Privacy;

/// <summary>What one client has of a person.</summary>
/// <param name="Key">Key of the client.</param>
/// <param name="Id">Number of the client.</param>
/// <param name="MayBeMailed">Why the next file would leave the person out, or that it would not.</param>
/// <param name="Erased">Whether the person was erased here before.</param>
/// <param name="Lists">Entries of suppression and blocklist, untracked, counters.</param>
/// <param name="UnsubscribeLinks">Mailings past their retention whose unsubscribe link still works for the person.</param>
/// <param name="Messages">Messages, oldest first.</param>
internal sealed record PersonAtClient(
    string Key, long Id, string MayBeMailed, bool Erased, IReadOnlyList<ListEntry> Lists, IReadOnlyList<long> UnsubscribeLinks, IReadOnlyList<StoryMessage> Messages);
