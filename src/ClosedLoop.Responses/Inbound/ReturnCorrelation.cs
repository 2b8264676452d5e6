using System.Globalization;
using ClosedLoop.Data.Inbound;
using ClosedLoop.Mail.Bounces;
using ClosedLoop.Model.Tokens;

namespace ClosedLoop.Responses.Inbound;

/// <summary>
/// Finds the message a returned mail belongs to (closed-loop spec section 13): the signed token in the address it was delivered to, then the signed tokens in
/// the headers it returns, then Message-IDs. A Message-ID is not signed and can be guessed, so a report that rests on it alone must also name the
/// address the message went to: nobody can unsubscribe or block somebody whose address he does not know.
/// </summary>
internal sealed class ReturnCorrelation(InboundStore store, AddressTokenCodec addresses, TrackingTokenCodec links)
{
    /// <summary>Null target when nothing matches; <c>Unsubscribes</c> when the mail was sent to an unsubscribe address.</summary>
    public (InboundTarget? Target, bool Unsubscribes, string How) Find(ReturnedMail mail, IEnumerable<string> envelopeRecipients)
    {
        foreach (var address in envelopeRecipients.Concat(mail.DeliveredTo))
        {
            if (Token(address) is { } token && store.FindTarget(token.MailingId, token.RecipientSequence) is { } target)
                return (target, token.Kind == TrackingTokenKind.UnsubscribeMail, "address token");
        }

        if (FromReturnedTokens(mail) is { } returned)
            return (returned, false, "token in returned headers");
        if (OfMessageId(mail.ReturnedHeaders["Message-ID"]?.Trim('<', '>', ' ')) is { } named && Names(mail, named.Address))
            return (named, false, "returned Message-ID");
        var isReport = mail.Kind is not (ReturnedMailKind.AutoReply or ReturnedMailKind.HumanReply or ReturnedMailKind.Other);
        foreach (var id in mail.AnsweredMessageIds)
        {
            if (OfMessageId(id) is { } answered && (!isReport || Names(mail, answered.Address)))
                return (answered, false, "In-Reply-To");
        }

        return (null, false, mail.Kind == ReturnedMailKind.Other ? "no token, and no answer to a known message" : "no token, and no known Message-ID with its address");
    }

    private InboundTarget? FromReturnedTokens(ReturnedMail mail)
    {
        string[] fields = ["Return-Path", "Return-path", "X-Return-Path", "List-Unsubscribe"];
        foreach (var value in fields.SelectMany(mail.ReturnedHeaders.FindAll).Select(h => h.Value))
        {
            foreach (var word in value.Split(['<', '>', ',', ' ', '\t', ':', '?'], StringSplitOptions.RemoveEmptyEntries))
            {
                var token = Token(word) ?? LinkToken(word);
                if (token is { } found && store.FindTarget(found.MailingId, found.RecipientSequence) is { } target)
                    return target;
            }
        }

        return null;
    }

    private TrackingToken? Token(string address)
    {
        var at = address.LastIndexOf('@');
        return at > 0 && addresses.TryRead(address.AsSpan(0, at), out var token) ? token : null;
    }

    private TrackingToken? LinkToken(string word)
    {
        var at = word.LastIndexOf("/u/", StringComparison.Ordinal);
        return at >= 0 && links.TryRead(word.AsSpan(at + 3), TrackingTokenKind.Unsubscribe, out var token) ? token : null;
    }

    /// <summary>Our Message-IDs are <c>mailing.sequence@domain</c>.</summary>
    private InboundTarget? OfMessageId(string? id)
    {
        if (id is null) return null;
        var left = id.AsSpan();
        var at = left.IndexOf('@');
        var dot = left.IndexOf('.');
        if (at <= 0 || dot <= 0 || dot > at) return null;
        return long.TryParse(left[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out var mailing) && long.TryParse(left[(dot + 1)..at], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            ? store.FindTarget(mailing, sequence)
            : null;
    }

    private static bool Names(ReturnedMail mail, string address) =>
        mail.Recipients.Any(r => address.Equals(r.Address, StringComparison.OrdinalIgnoreCase) || address.Equals(r.OriginalAddress, StringComparison.OrdinalIgnoreCase));
}
