using ClosedLoop.Mail.Mime;

namespace ClosedLoop.Mail.Bounces;

public static partial class ReturnedMailReader
{
    private static readonly string[] GivenUp =
    [
        "deliver", "failed", "failure", "rejected", "unknown user", "user unknown", "undeliverable", "did not reach", "error", "bounced", "returned", "mailbox", "not member", "not a member", "duplicated message-id", "spam", "transcript of session", "invalid", "giving up",
    ];

    private static readonly string[] StillTrying = ["has been delayed", "warning message only", "not yet been delivered", "will be retried", "delivery attempts will continue", "no action is required", "will continue trying", "still trying", "not been delivered yet", "will keep trying", "delivery is delayed"];

    /// <summary>Reads the machine-readable part, or its fields where they stand in running text because the boundaries were lost on the way.</summary>
    private static List<ReturnedRecipient> ReadStatus(MimeMessage message, IReadOnlyCollection<MimePart> returnedParts, NoticeText text, MimeHeaderList returned)
    {
        // A returned message may itself be a report, of somebody else's mail: the outermost counts.
        var groups = StatusGroups(Outside(message.Root, returnedParts));
        if (groups.Count == 0)
            groups = StatusGroups(message.Root.SelfAndDescendants);
        if (groups.Count == 0 && text.Notice.Contains("-recipient:", StringComparison.OrdinalIgnoreCase))
            groups = [.. StatusFields.Parse(Unquoted(text.Notice)).Where(IsRecipientGroup)];
        if (groups.Count == 0 && DaemonSigns.IsDaemon(message) && text.Returned.Contains("final-recipient:", StringComparison.OrdinalIgnoreCase))
            groups = [.. StatusFields.Parse(Unquoted(text.Returned)).Where(IsRecipientGroup)];
        if (groups.Count == 0 || (message.Root.ContentType.IsKind("text") && !DaemonSigns.IsDaemon(message)))
            return [];

        var entries = NoticeReader.Read(text.Notice, []);
        var list = new List<ReturnedRecipient>();
        foreach (var group in groups.Take(1000))
        {
            var address = AddressOf(group, entries, returned);
            if (address is null || list.Exists(r => r.Address.Equals(address, StringComparison.OrdinalIgnoreCase)))
                continue;
            var words = entries.Find(e => e.Address.Equals(address, StringComparison.OrdinalIgnoreCase))?.Words;
            words ??= groups.Count == 1 ? text.Notice : "";
            var presumed = StatusOf(group);
            list.Add(RecipientBuilder.Build(address, group, words, groups.Count == 1 ? text.Notice : "", presumed));
        }

        return list;
    }

    private static List<StatusFields> StatusGroups(IEnumerable<MimePart> parts) =>
    [
        .. parts.Where(p => p.ContentType.Is("message/delivery-status") || p.ContentType.Is("message/global-delivery-status"))
            .SelectMany(p => StatusFields.Parse(p.DecodeText()))
            .Where(IsRecipientGroup),
    ];

    private static IEnumerable<MimePart> Outside(MimePart part, IReadOnlyCollection<MimePart> returnedParts) =>
        returnedParts.Contains(part) ? [] : part.Children.SelectMany(c => Outside(c, returnedParts)).Prepend(part);

    private static bool IsRecipientGroup(StatusFields group) =>
        group.Has("Final-Recipient") || group.Has("Original-Recipient") || (group.Has("Action") && group.Has("Status"));

    private static DeliveryAction StatusOf(StatusFields group) => ReplyText.FindStatus(group["Status"] ?? "").Class switch
    {
        2 => DeliveryAction.Delivered,
        _ => DeliveryAction.Failed,
    };

    private static string? AddressOf(StatusFields group, List<NoticeEntry> entries, MimeHeaderList returned)
    {
        var final = StatusAddress.Of(group["Final-Recipient"]);
        var original = StatusAddress.Of(group["Original-Recipient"]);
        var address = final ?? original ?? StatusAddress.Of(group["X-Actual-Recipient"]);
        if (address is not null)
            return address;
        return entries.Count > 0 ? entries[0].Address : AddressFinder.First(returned["To"] ?? "");
    }

    /// <summary>A text counts as a report only when a mail system wrote it: a person may well speak of mails that failed.</summary>
    private static bool IsReport(MimeMessage message, NoticeText text)
    {
        if (!DaemonSigns.IsDaemon(message) && !(DaemonSigns.HasNullSender(message) && text.Returned.Length > 0))
            return false;
        if (AutoReplySigns.IsAutoReply(message) && !DaemonSigns.HasSubject(message.Headers["Subject"] ?? "") && message.Headers.Find("X-Failed-Recipients") is null)
            return false;
        return Array.Exists(GivenUp, w => text.Notice.Contains(w, StringComparison.OrdinalIgnoreCase)) || text.Returned.Length > 0 || DaemonSigns.HasSubject(message.Headers["Subject"] ?? "");
    }

    private static List<ReturnedRecipient> ReadWords(MimeMessage message, NoticeText text, MimeHeaderList returned)
    {
        var own = AddressFinder.All(message.Headers["From"] ?? "").Concat(AddressFinder.All(message.Headers["To"] ?? "")).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var notice = Unquoted(text.Notice);
        var entries = NoticeReader.Read(notice, own);

        // Exim and Google name the failed recipients in a field; nothing else is as sure.
        var failed = message.Headers.FindAll("X-Failed-Recipients").SelectMany(h => AddressFinder.All(h.RawValue)).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (failed.Count > entries.Count)
            entries = [.. failed.Select(f => entries.Find(e => e.Address.Equals(f, StringComparison.OrdinalIgnoreCase)) ?? new NoticeEntry(f, notice))];
        if (entries.Count == 0 && AddressFinder.First(returned["To"] ?? returned["X-Original-To"] ?? "") is { } to)
            entries.Add(new NoticeEntry(to, notice));

        var delayed = Array.Exists(StillTrying, w => notice.Contains(w, StringComparison.OrdinalIgnoreCase));
        return [.. entries.Select(e => RecipientBuilder.Build(e.Address, null, e.Words, entries.Count == 1 ? notice : "", delayed ? DeliveryAction.Delayed : DeliveryAction.Failed))];
    }

    private static string Unquoted(string text) =>
        string.Join('\n', text.Split('\n').Select(l => l.StartsWith('>') && !l.StartsWith(">>>", StringComparison.Ordinal) ? l.TrimStart('>', ' ') : l));

    private static ReturnedMailKind KindOf(List<ReturnedRecipient> recipients)
    {
        if (recipients.Exists(r => r.Action is DeliveryAction.Failed or DeliveryAction.None))
            return ReturnedMailKind.Bounce;
        return recipients.Exists(r => r.Action == DeliveryAction.Delayed) ? ReturnedMailKind.Delayed : ReturnedMailKind.Delivered;
    }
}
