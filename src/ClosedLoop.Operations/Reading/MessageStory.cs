using ClosedLoop.Data.Mailings;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Operations.Reading;

/// <summary>One message to one person.</summary>
/// <param name="Mailing">Its mailing.</param>
/// <param name="ClientKey">The mailing's client.</param>
/// <param name="Sequence">Position in the mailing.</param>
/// <param name="Address">As it was imported.</param>
/// <param name="State">What became of it.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="DueAt">Microseconds; when it is tried next, 0 for at once.</param>
/// <param name="DoneAt">Microseconds; when the outcome was known.</param>
/// <param name="ReplyCode">SMTP reply code, or <c>null</c>.</param>
/// <param name="Reason">Stable code and text.</param>
/// <param name="Explanation">In words: why it was not sent, or what is awaited.</param>
/// <param name="Steps">Everything that happened, oldest first.</param>
public sealed record MessageStory(
    MailingRow Mailing, string ClientKey, int Sequence, string Address, RecipientState State, long Attempts, long DueAt, long? DoneAt, long? ReplyCode, string? Reason,
    string Explanation, IReadOnlyList<StoryStep> Steps)
{
    /// <summary>Left part of the Message-ID.</summary>
    public string MessageId => FormattableString.Invariant($"{Mailing.MailingId}.{Sequence}");

    /// <summary><c>mailingToUserId</c>.</summary>
    public long RecipientId => Mailing.RecipientId(Sequence);
}
