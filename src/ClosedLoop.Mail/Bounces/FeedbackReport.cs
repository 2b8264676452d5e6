using ClosedLoop.Mail.Mime;

namespace ClosedLoop.Mail.Bounces;

/// <summary>Complaints: the Abuse Reporting Format of RFC 5965, and the two feedback loops that never adopted it.</summary>
internal static class FeedbackReport
{
    /// <summary>Null when the message is no complaint.</summary>
    public static (string Type, List<string> Addresses)? Read(MimeMessage message, MimeHeaderList returned)
    {
        var part = message.Root.SelfAndDescendants.FirstOrDefault(p => p.ContentType.Is("message/feedback-report"));
        if (part is not null)
        {
            var groups = StatusFields.Parse(part.DecodeText());
            var type = groups.Select(g => g["Feedback-Type"]).FirstOrDefault(t => t is not null) ?? "abuse";
            var addresses = groups.SelectMany(g => g.All("Original-Rcpt-To").Concat(g.All("Removal-Recipient"))).Select(StatusAddress.Of).OfType<string>();
            return (Lower(type), Distinct(addresses.Concat(groups.SelectMany(g => g.All("Original-Recipient")).Select(StatusAddress.Of).OfType<string>()), returned));
        }

        // Hotmail's Junk Mail Reporting returns the message with the recipient in a field of its own (spelled in two ways over the years).
        var reporter = returned["X-HmXmrOriginalRecipient"] ?? returned["X-HM-XMR-OriginalRecipient"];
        if (reporter is not null && (message.Headers["Subject"] ?? "").Contains("complaint", StringComparison.OrdinalIgnoreCase))
            return ("abuse", Distinct(new[] { AddressFinder.First(reporter) }.OfType<string>(), returned));

        // Apple Mail sends the unsubscription in the user's name to the mailto: of List-Unsubscribe.
        if (message.Headers["X-Apple-Unsubscribe"]?.Trim().Equals("true", StringComparison.OrdinalIgnoreCase) == true)
            return ("opt-out", Distinct(new[] { AddressFinder.First(message.Headers["From"] ?? "") }.OfType<string>(), returned));
        return null;
    }

    /// <summary>A report may hide the address; the returned To field then often still shows it.</summary>
    private static List<string> Distinct(IEnumerable<string> addresses, MimeHeaderList returned)
    {
        var list = addresses.Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (list.Count == 0 && AddressFinder.First(returned["To"] ?? "") is { } to)
            list.Add(to);
        return list;
    }

#pragma warning disable CA1308 // RFC 5965 section 7.3 registers the types in lower case.
    private static string Lower(string type) => type.Trim().ToLowerInvariant();
#pragma warning restore CA1308
}
