using ClosedLoop.Model.Accounts;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Orders.Accounts;

/// <summary>The message with the values that template and group lend it.</summary>
internal sealed partial class AccountRules
{
    private void CheckEmail(EmailMessage message, AccountGroup group)
    {
        if (message.Template is not null && _template is not { Channel: OrderChannel.Email }) return;
        var defaults = new[] { _template?.Defaults, group.Defaults }.OfType<MessageDefaults>().ToList();
        string? Value(string? own, Func<MessageDefaults, string?> lend) => own ?? defaults.Select(lend).FirstOrDefault(value => value is not null);

        if (Value(message.Subject, lend => lend.Subject) is null) Add(OrderErrorCodes.E18, "message", "no subject in the order, its template or its group");
        if (Value(message.ReplyTo, lend => lend.ReplyTo) is null) Add(OrderErrorCodes.E18, "message", "no reply-to address in the order, its template or its group");
        var sender = Value(message.SenderAddress, lend => lend.SenderAddress);
        if (sender is null) Add(OrderErrorCodes.E18, "message", "no sender address in the order, its template or its group");
        else CheckSenderDomain(sender, message.SenderAddress is null ? "newsletter" : "address");

        CheckParts(message, group);
        if (message is { Template: null, Encoding: { } encoding } && Database is not null && encoding != Database.Charset)
        {
            Add(OrderErrorCodes.E17, "encoding", $"the mail is to be in {encoding}, but the database of the recipients is in {Database.Charset}");
        }

        CheckPlaceholders("subject", message.Subject);
        CheckPlaceholders("name", message.SenderName);
        CheckPlaceholders("address", message.SenderAddress);
        CheckPlaceholders("reply_to", message.ReplyTo);
        CheckPlaceholders("html", message.Html?.Content);
        CheckPlaceholders("text", message.Text?.Content);
    }

    private void CheckParts(EmailMessage message, AccountGroup group)
    {
        var source = message.Template is null ? group.Defaults : _template!.Defaults;
        var ownContent = message.Html is not null || message.Text is not null;
        var hasHtml = ownContent ? message.Html is not null : source.Html is not null;
        var hasText = ownContent ? message.Text is not null : source.Text is not null;
        if (!hasHtml && !hasText)
        {
            Add(OrderErrorCodes.E18, "message", "no content in the order, its template or its group");
            return;
        }

        if (ownContent || message.PreferredContent is not { } format) return;
        var missing = format switch
        {
            PreferredContent.Both when !hasHtml => "html",
            PreferredContent.Both when !hasText => "text",
            PreferredContent.SimpleText when !hasText => "text",
            PreferredContent.RichText when !hasHtml => "html",
            _ => null,
        };
        if (missing is not null) Add(OrderErrorCodes.E17, "preferred_content", $"<body> is empty and the content of the group has no {missing} part");
    }

    private void CheckSenderDomain(string sender, string element)
    {
        var domain = sender[(sender.LastIndexOf('@') + 1)..].Trim();
        // A field may be all of the address or its domain; what it gives is looked at for each recipient.
        if (Placeholder.IsIn(domain) || !sender.Contains('@')) return;
        if (!_account.SenderDomains.Contains(domain, StringComparer.OrdinalIgnoreCase)) Add(OrderErrorCodes.E18, element, $"the sender's domain {domain} is not one of the account (senderDomains)");
    }

    private void CheckSms(SmsMessage message, AccountGroup group)
    {
        var body = message.Body ?? group.Defaults.Body;
        if (body is null) Add(OrderErrorCodes.E18, "message", "no text in the order or its group");
        else if (!_account.SmsConcatenation && SmsText.FixedLength(body) > SmsText.SingleLength) Add(OrderErrorCodes.E18, message.Body is null ? "newsletter" : "body", FormattableString.Invariant($"the text has {SmsText.FixedLength(body)} characters without its fields; the account takes {SmsText.SingleLength}"));
        var sender = message.From ?? group.Defaults.From;
        if (sender is null) Add(OrderErrorCodes.E18, "message", "no sender in the order or its group");
        else if (!SmsText.IsNumber(sender) && !_account.SmsAliases.Contains(sender, StringComparer.Ordinal)) Add(OrderErrorCodes.E18, message.From is null ? "newsletter" : "from", "the sender's alias is not registered for the account (smsAliases); case counts");
        CheckPlaceholders("body", message.Body);
    }

    private void CheckPlaceholders(string element, string? text)
    {
        foreach (var found in Placeholder.Find(text).Take(Placeholder.Most).DistinctBy(found => (found.Kind, found.Inner)))
        {
            if (found.Kind == PlaceholderKind.Field && Database is not null && Database.Find(found.Inner) is null)
            {
                Add(OrderErrorCodes.E19, element, $"<{element}> names field {Shown(found.Inner)}, which the database does not have");
            }
            else if (found.Fetches && !MayFetch(found.Inner))
            {
                Add(OrderErrorCodes.E19, element, $"<{element}> fetches from an address that is not https or not on a host of the account (contentHosts)");
            }
            else if (found.Kind is PlaceholderKind.External or PlaceholderKind.Inline && found.Inner.Contains("${", StringComparison.Ordinal))
            {
                Add(OrderErrorCodes.E19, element, $"<{element}> has a field of the recipient in an address that is fetched once for all; <@…@> and ^(…)^ take fields");
            }
        }
    }

    /// <summary>Plain http only to an IP address, which the service takes only where its operator has opened it (<c>ContentFetch:AllowPrivate</c>).</summary>
    private bool MayFetch(string address) =>
        Uri.TryCreate(address.Trim(), UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6))
        && _account.ContentHosts.Any(host => IsOn(host, uri));

    private static bool IsOn(string entry, Uri uri) => entry.StartsWith("*.", StringComparison.Ordinal)
        ? uri.HostNameType == UriHostNameType.Dns && uri.IdnHost.EndsWith(entry[1..], StringComparison.OrdinalIgnoreCase)
        : string.Equals(entry, uri.IdnHost, StringComparison.OrdinalIgnoreCase) || string.Equals(entry, uri.Host, StringComparison.OrdinalIgnoreCase);

    private static string Shown(string name) => name.Length <= 64 && name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.') ? name : "with a strange name";
}
