using System.Text;

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
        var diagnostic = OneLine(WithoutType(fields?["Diagnostic-Code"] ?? "", out var type));
        var statusField = ReplyText.FindStatus(fields?["Status"] ?? "");
        var own = Paragraph(words);
        var text = OneLine(own);
        var all = OneLine(notice.Length > words.Length ? notice : words);
        var ownWords = TextFold.Fold(text);
        var code = ReplyText.FindCode(diagnostic);
        if (code == 0)
            code = ReplyText.FindCode(text);
        var status = statusField;
        if (!status.IsPresent || (status.Subject == 0 && status.Detail == 0))
        {
            var better = ReplyText.FindStatus(diagnostic);
            if (!better.IsPresent)
                better = ReplyText.FindStatus(text);
            if (!better.IsPresent)
                better = ReplyText.FindStatus(all);
            status = better.IsPresent && (better.Subject != 0 || better.Detail != 0 || !status.IsPresent) ? better : status;
        }

        if (code == 0)
            code = ReplyText.FindCode(all);
        var command = SessionCommand.FromWords(ownWords);
        if (command.Length == 0)
            command = SessionCommand.FromWords(OneLine(words).ToLowerInvariant());
        if (command.Length == 0)
            command = SessionCommand.FromTranscript(words.Contains("RCPT", StringComparison.OrdinalIgnoreCase) && words.Contains(">>>", StringComparison.Ordinal) ? words : notice);
        if (command.Length == 0)
            command = SessionCommand.FromWords(all.ToLowerInvariant());
        var action = Action(fields?["Action"]) is var named && named == DeliveryAction.None ? presumed : named;
        return new ReturnedRecipient
        {
            Address = address,
            OriginalAddress = StatusAddress.Of(fields?["Original-Recipient"]),
            Action = action,
            Status = status,
            ReplyCode = code,
            Command = command,
            Diagnostic = Cut(diagnostic.Length > 0 ? diagnostic : text),
            Reason = action is DeliveryAction.Delivered or DeliveryAction.Relayed or DeliveryAction.Expanded
                ? BounceReason.Undefined
                : ReasonFinder.Find(new ReplyFacts
                {
                    Address = address,
                    Diagnostic = Inner(TextFold.Fold($"{diagnostic} {fields?["X-PowerMTA-BounceCategory"]}")),
                    Words = ownWords,
                    Around = TextFold.Fold(all),
                    HasFields = fields is not null,
                    Status = status,
                    ReplyCode = code,
                    Command = command,
                    HasStatusField = statusField.IsPresent,
                    IsLocalProgram = type.Equals("x-unix", StringComparison.OrdinalIgnoreCase) || IsProgram(fields) || ownWords.Contains("pipe to |", StringComparison.Ordinal),
                    Action = action,
                }),
        };
    }

    /// <summary>
    /// What is said right at the address: to the end of its paragraph, and the next one where the first holds little more than the address.
    /// </summary>
    private static string Paragraph(string words)
    {
        const int Telling = 12;
        var letters = 0;
        var position = 0;
        foreach (var range in words.AsSpan().Split('\n'))
        {
            var line = words.AsSpan(range);
            var end = range.End.GetOffset(words.Length);
            if (line.Trim().IsEmpty && letters >= Telling)
                return words[..position];
            foreach (var c in position == 0 && AddressFinder.First(line, out _, out var after) is not null ? line[after..] : line)
                letters += char.IsLetter(c) ? 1 : 0;
            position = end;
        }

        return words;
    }

    /// <summary>IronPort servers, and SES on them, put the standard wording of the status code before the quoted reply: "5.1.0 - Unknown address error 550-'the reply'".</summary>
    private static string Inner(string diagnostic)
    {
        var quote = diagnostic.IndexOf("-'", StringComparison.Ordinal);
        return quote > 10 && diagnostic.AsSpan(0, quote).Contains(" - ", StringComparison.Ordinal) ? diagnostic[(quote + 2)..] : diagnostic;
    }

    public static DeliveryAction Action(string? field) => field?.Trim().Split(' ', ';', '(')[0].ToUpperInvariant() switch
    {
        "FAILED" or "FAIL" or "EXPIRED" or "FAILURE" or "ERROR" => DeliveryAction.Failed,
        "DELAYED" or "DELAY" => DeliveryAction.Delayed,
        "DELIVERED" or "DELIVERABLE" => DeliveryAction.Delivered,
        "RELAYED" => DeliveryAction.Relayed,
        "EXPANDED" => DeliveryAction.Expanded,
        _ => DeliveryAction.None,
    };

    public static string OneLine(string text)
    {
        var line = new StringBuilder(Math.Min(text.Length, 16384));
        var space = false;
        foreach (var c in text)
        {
            if (line.Length >= 16384)
                break;
            if (char.IsWhiteSpace(c) || char.IsControl(c))
            {
                space = line.Length > 0;
                continue;
            }

            if (space)
                line.Append(' ');
            space = false;
            line.Append(c);
        }

        return line.ToString();
    }

    /// <summary>RFC 3464 section 2.3.6: "type; text". Some writers leave the type out.</summary>
    private static string WithoutType(string field, out string type)
    {
        var semicolon = field.IndexOf(';', StringComparison.Ordinal);
        type = semicolon is > 0 and < 30 && !field.AsSpan(0, semicolon).Trim().Contains(' ') ? field[..semicolon].Trim() : "";
        return type.Length > 0 ? field[(semicolon + 1)..].Trim() : field;
    }

    private static bool IsProgram(StatusFields? fields) =>
        fields is not null && ((fields["Final-Recipient"] ?? "").Contains(";|", StringComparison.Ordinal) || (fields["X-Actual-Recipient"] ?? "").Replace(" ", "", StringComparison.Ordinal).Contains(";|", StringComparison.Ordinal));

    private static string Cut(string text) => text.Length > MaxDiagnostic ? text[..MaxDiagnostic] : text;
}
