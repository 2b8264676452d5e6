using ClosedLoop.Mail.Smtp;

namespace ClosedLoop.Mail.Bounces;

/// <summary>Puts together what the fields and the words of a report say of one recipient.</summary>
internal static class RecipientBuilder
{
    private const int MaxDiagnostic = 1000;

    /// <param name="address">As the report names it.</param>
    /// <param name="fields">The group of a delivery status; null for reports in plain words.</param>
    /// <param name="words">What the text says of the recipient.</param>
    /// <param name="notice">The whole text, for transcripts.</param>
    /// <param name="presumed">What the report as a whole says happened.</param>
    public static ReturnedRecipient Build(string address, StatusFields? fields, string words, string notice, DeliveryAction presumed)
    {
        var diagnostic = NoticeWords.OneLine(DiagnosticField.WithoutType(fields?["Diagnostic-Code"] ?? "", out var type));
        var own = NoticeWords.OneLine(NoticeWords.Paragraph(words));
        var all = NoticeWords.OneLine(notice.Length > words.Length ? notice : words);
        var action = DiagnosticField.Action(fields?["Action"]) is var named && named == DeliveryAction.None ? presumed : named;
        var statusField = ReplyText.FindStatus(fields?["Status"] ?? "");
        var facts = new ReplyFacts
        {
            Address = address,
            Diagnostic = DiagnosticField.Inner(TextFold.Fold($"{diagnostic} {fields?["X-PowerMTA-BounceCategory"]}")),
            Words = TextFold.Fold(own),
            Around = TextFold.Fold(all),
            HasFields = fields is not null,
            Status = Status(statusField, diagnostic, own, all),
            ReplyCode = ReplyCode(diagnostic, own, all),
            Command = Command(own, words, all, notice),
            HasStatusField = statusField.IsPresent,
            IsLocalProgram = type.Equals("x-unix", StringComparison.OrdinalIgnoreCase) || DiagnosticField.IsProgram(fields) || own.Contains("pipe to |", StringComparison.OrdinalIgnoreCase),
            Action = action,
        };
        return new ReturnedRecipient
        {
            Address = address,
            OriginalAddress = StatusAddress.Of(fields?["Original-Recipient"]),
            Action = action,
            Status = facts.Status,
            ReplyCode = facts.ReplyCode,
            Command = facts.Command,
            Diagnostic = Cut(diagnostic.Length > 0 ? diagnostic : own),
            Reason = action is DeliveryAction.Delivered or DeliveryAction.Relayed or DeliveryAction.Expanded ? BounceReason.Undefined : ReasonFinder.Find(facts),
        };
    }

    /// <summary>The Status field, unless it only says x.0.0 and the reply says more.</summary>
    private static EnhancedStatusCode Status(EnhancedStatusCode field, params ReadOnlySpan<string> texts)
    {
        if (field.IsPresent && (field.Subject != 0 || field.Detail != 0))
            return field;
        foreach (var text in texts)
        {
            var found = ReplyText.FindStatus(text);
            if (found.IsPresent)
                return found.Subject != 0 || found.Detail != 0 || !field.IsPresent ? found : field;
        }

        return field;
    }

    private static int ReplyCode(params ReadOnlySpan<string> texts)
    {
        foreach (var text in texts)
        {
            if (ReplyText.FindCode(text) is var code and not 0)
                return code;
        }

        return 0;
    }

    /// <summary>Nearest words first; a transcript, where there is one, before what stands elsewhere in the report.</summary>
    private static string Command(string own, string words, string all, string notice)
    {
        var command = SessionCommand.FromWords(TextFold.Fold(own));
        if (command.Length == 0)
            command = SessionCommand.FromWords(TextFold.Fold(NoticeWords.OneLine(words)));
        if (command.Length == 0)
            command = SessionCommand.FromTranscript(words.Contains("RCPT", StringComparison.OrdinalIgnoreCase) && words.Contains(">>>", StringComparison.Ordinal) ? words : notice);
        return command.Length > 0 ? command : SessionCommand.FromWords(TextFold.Fold(all));
    }

    private static string Cut(string text) => text.Length > MaxDiagnostic ? text[..MaxDiagnostic] : text;
}
