namespace ClosedLoop.Operations.Reading;

/// <summary>Everything about one person.</summary>
/// <param name="Query">What was asked for.</param>
/// <param name="Address">The address it led to; <c>null</c> when it led to nobody.</param>
/// <param name="Standing">What each client may do with the address.</param>
/// <param name="Messages">Every message, newest mailing first.</param>
/// <param name="NotSearched">Recipients that could not be looked through yet.</param>
/// <param name="Took">How long it took.</param>
public sealed record RecipientStory(
    string Query, string? Address, IReadOnlyList<Standing> Standing, IReadOnlyList<MessageStory> Messages, long NotSearched, TimeSpan Took);
