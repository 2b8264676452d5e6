using ClosedLoop.Delivery.Fetching;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Delivery.Content;

/// <summary>What can be said before anything is sent about a mailing's attachments, its sender and its use of fetched content.</summary>
public static class MailingContentRules
{
    public static IEnumerable<string> Faults(SourceMailing mailing, ClientDefinition client)
    {
        ArgumentNullException.ThrowIfNull(mailing);
        ArgumentNullException.ThrowIfNull(client);
        return [.. AttachmentFaults(mailing, client.Content), .. SenderFaults(mailing.Sender, client.Sender), .. FetchedTextUse.Faults(mailing, client.List)];
    }

    private static IEnumerable<string> AttachmentFaults(SourceMailing mailing, ContentSettings settings)
    {
        if (mailing.Attachments.Count > settings.MaxAttachments) yield return $"attachments has {mailing.Attachments.Count} entries; expected at most {settings.MaxAttachments} (content.maxAttachments).";
        var bytes = mailing.Attachments.Sum(attachment => (long)(attachment.File?.Size ?? 0));
        if (bytes > settings.MaxAttachmentBytes) yield return $"attachments has {bytes} bytes; expected at most {settings.MaxAttachmentBytes} together (content.maxAttachmentBytes).";
        foreach (var attachment in mailing.Attachments.Where(attachment => attachment.Url is not null))
        {
            if (UrlFault(attachment.Url!, settings) is { } fault) yield return $"attachments.url: {fault}";
            if (attachment.Name is { } name && (AttachmentNames.Clean(name) != name || AttachmentTypes.OfName(name) is null)) yield return $"attachments.name: '{name}' cannot be the name; expected one without path that ends in {AttachmentTypes.Endings}.";
        }
    }

    private static string? UrlFault(string url, ContentSettings settings)
    {
        try
        {
            var address = ContentAddress.Parse(url);
            var hosts = new HostList(settings.AllowedHosts.Where(host => HostList.Fault(host) is null));
            return hosts.EntryOf(address.Host) is null ? $"HostRefused: '{address.Host}' is not allowed; expected a host of content.allowedHosts in client.json." : null;
        }
        catch (ContentException e)
        {
            return e.Message + ".";
        }
    }

    /// <summary>What stands there as it is; what data makes of a template shows only with each recipient.</summary>
    private static IEnumerable<string> SenderFaults(SenderTemplates? own, SenderSettings client)
    {
        if (own?.Address is { } address)
        {
            var domain = address[(address.LastIndexOf('@') + 1)..].Trim();
            var isTemplate = address.Contains('{', StringComparison.Ordinal);
            if (!isTemplate && EmailAddress.TryNormalise(address) is null) yield return $"sender.address is '{address}'; expected an e-mail address or a template of one.";
            else if (!domain.Contains('{', StringComparison.Ordinal) && !domain.Contains('}', StringComparison.Ordinal) && !IsOwn(domain, client))
                yield return $"sender.address is of {domain}; expected {client.WireDomain} or one of sender.allowedDomains in client.json.";
        }

        if (own?.ReplyTo is { } replyTo && !replyTo.Contains('{', StringComparison.Ordinal) && EmailAddress.TryNormalise(replyTo) is null) yield return $"sender.replyTo is '{replyTo}'; expected an e-mail address or a template of one.";
    }

    private static bool IsOwn(string domain, SenderSettings client) => EmailAddress.TryNormalise("a@" + domain) is { } wire && client.Allows(wire[2..]);
}
