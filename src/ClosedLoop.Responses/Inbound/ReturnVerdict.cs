using System.Globalization;
using ClosedLoop.Data.Inbound;
using ClosedLoop.Mail.Bounces;
using ClosedLoop.Model.Responses;

namespace ClosedLoop.Responses.Inbound;

/// <summary>What follows from a returned mail whose message is known.</summary>
/// <param name="Outcome">What is to be done.</param>
/// <param name="Category">The category of the response, when there is one.</param>
/// <param name="Detail">Codes and words for the response row.</param>
internal sealed record ReturnVerdict(InboundOutcome Outcome, ResponseCategory? Category, string? Detail)
{
    /// <summary>
    /// Closed-loop spec section 13. The category follows from status and reply code alone, as that section says; the reader's own reading of the reason
    /// (<see cref="ReturnedRecipient.IsHard"/>) stays in the detail for people.
    /// </summary>
    public static ReturnVerdict Of(ReturnedMail mail, InboundTarget target, bool unsubscribes) => mail.Kind switch
    {
        ReturnedMailKind.Delayed or ReturnedMailKind.Delivered => new(InboundOutcome.Ignored, Category: null, Detail: null),
        ReturnedMailKind.Bounce when !unsubscribes => OfBounce(mail, target),

        // A report or a machine's answer to an unsubscribe address is no wish of a person.
        ReturnedMailKind.Bounce => new(InboundOutcome.Ignored, Category: null, Detail: null),
        ReturnedMailKind.Complaint => IsComplaint(mail)
            ? new(InboundOutcome.Complaint, Category: null, mail.FeedbackType)
            : new(InboundOutcome.Ignored, Category: null, mail.FeedbackType),
        ReturnedMailKind.AutoReply => unsubscribes ? new(InboundOutcome.Ignored, Category: null, Detail: null) : new(InboundOutcome.Response, ResponseCategory.Autoresponder, Detail: null),
        _ => unsubscribes ? new(InboundOutcome.Unsubscribe, Category: null, Detail: null) : new(InboundOutcome.Response, ResponseCategory.Unknown, Detail: null),
    };

    private static ReturnVerdict OfBounce(ReturnedMail mail, InboundTarget target)
    {
        // A message of ours has one recipient: of a report about several, that one's entry counts.
        var one = mail.Recipients.FirstOrDefault(r => target.Address.Equals(r.OriginalAddress, StringComparison.OrdinalIgnoreCase) || target.Address.Equals(r.Address, StringComparison.OrdinalIgnoreCase))
            ?? mail.Recipients.FirstOrDefault(r => r.Action == DeliveryAction.Failed)
            ?? mail.Recipients[0];
        if (one.Action is not (DeliveryAction.Failed or DeliveryAction.None)) return new(InboundOutcome.Ignored, Category: null, Detail: null);
        return new(
            InboundOutcome.Response,
            ResponseCategories.OfRefusal(one.ReplyCode, one.Status.ToString()),
            string.Create(CultureInfo.InvariantCulture, $"{one.Status} {one.Reason}{(one.IsHard ? ", address is gone" : "")}: {one.Diagnostic}").Trim());
    }

    /// <summary>RFC 6591 authentication reports and "not spam" (RFC 6430) are no complaints of the recipient.</summary>
    private static bool IsComplaint(ReturnedMail mail) => mail.FeedbackType is not ("auth-failure" or "not-spam" or "dmarc");
}
