using ClosedLoop.Intake.Orders.Operations;
using ClosedLoop.Model.Accounts;
using ClosedLoop.Model.Lists;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Orders.Messages;

/// <summary>Puts a mail together: each value from the order, then from the template, then from the group (xml-delivery spec section 9.1).</summary>
internal static class EmailContents
{
    private const string Utf8 = "utf-8";

    /// <summary>Title for operators: the label, else the subject.</summary>
    public static string TitleOf(OperationWork work, EmailMessage message) =>
        message.Label ?? TemplateOf(work, message)?.Defaults.Label ?? First(work, message, message.Subject, lend => lend.Subject) ?? work.Operation.Name;

    /// <exception cref="OperationFailure">Content, format and charset do not agree (E-17).</exception>
    public static OrderContent Build(OperationWork work)
    {
        var message = (EmailMessage)work.Order.Message;
        var charset = CharsetOf(work, message);
        var (html, text) = PartsOf(work, message);
        var subject = First(work, message, message.Subject, lend => lend.Subject)!;
        CheckCharset(charset, ("subject", subject), ("text", text?.Content));
        if (Placeholder.Find(subject).Any(found => found.Fetches)) throw new OperationFailure(OrderErrorCodes.E19, "<subject> holds a placeholder that fetches its content; only the parts of the body may");
        var notes = work.Order.Notes.ToDictionary(note => note.Label, note => note.Value, StringComparer.Ordinal);
        var source = new SourceMailing
        {
            Id = work.Id,
            ClientId = work.Client.Value.Id,
            Name = TitleOf(work, message),
            Status = SourceStatus.Activated,
            Dialect = TemplateDialect.Contactlab,
            Subject = subject,
            Html = html is null ? null : HtmlPart.Prepare(html, charset),
            Text = text?.Content,
            HtmlLinks = html is { TrackLinks: true } ? LinkTracking.Marked : LinkTracking.None,
            TextLinks = text is { TrackLinks: true } ? LinkTracking.All : LinkTracking.None,
            Charset = charset == Utf8 ? null : charset,
            Sender = new SenderTemplates
            {
                Address = First(work, message, message.SenderAddress, lend => lend.SenderAddress),

                // Not the client's: an address of the order beside a name of somebody else would be a lie.
                Name = First(work, message, message.SenderName, lend => lend.SenderName) ?? "",
                ReplyTo = First(work, message, message.ReplyTo, lend => lend.ReplyTo),
            },
            Notes = notes,
        };
        var sender = work.Client.Value.Sender with { AllowedDomains = [.. work.Client.Value.Sender.AllowedDomains, .. work.Account.SenderDomains] };
        var list = new ListDefinition { Fields = [.. work.Layout.Names.Select(name => new FieldDefinition { Name = name, Type = FieldType.Text })] };
        var frozen = FrozenMailing.Of(source, sender, list) with { Attachments = [.. (work.Group.Attachments ?? []).Select(attachment => attachment.Stored).OfType<FrozenFile>()] };
        return new OrderContent(frozen, subject, message.PublishOnWeb);
    }

    private static AccountTemplate? TemplateOf(OperationWork work, EmailMessage message) =>
        message.Template is { } id ? work.Account.Templates.First(template => template.Id == id) : null;

    private static string? First(OperationWork work, EmailMessage message, string? own, Func<MessageDefaults, string?> lend) =>
        own ?? (TemplateOf(work, message) is { } template ? lend(template.Defaults) : null) ?? lend(work.Group.Defaults);

    private static string CharsetOf(OperationWork work, EmailMessage message) =>
        (message.Template is null ? message.Encoding : TemplateOf(work, message)!.Defaults.Encoding) ?? work.Group.Defaults.Encoding ?? work.Database.Charset;

    /// <summary>Content of the order, or that of template or group in the chosen format.</summary>
    private static (HtmlContent? Html, TextContent? Text) PartsOf(OperationWork work, EmailMessage message)
    {
        if (message.Html is not null || message.Text is not null) return (message.Html, message.Text);
        var source = TemplateOf(work, message)?.Defaults ?? work.Group.Defaults;
        var format = message.PreferredContent ?? source.PreferredContent;
        var html = format == PreferredContent.SimpleText || source.Html is null ? null : new HtmlContent(source.Html, TrackLinks: false, Prettify: true, Unescape: true);
        var text = format == PreferredContent.RichText || source.Text is null ? null : new TextContent(source.Text, TrackLinks: true);
        return html is null && text is null ? throw new OperationFailure(OrderErrorCodes.E17, "the format that is chosen has no content") : (html, text);
    }

    /// <summary>What was fetched is fixed content like all other: its characters have to be of the charset, too.</summary>
    /// <exception cref="OperationFailure">Those of the text part are not (E-17).</exception>
    public static FrozenMailing InCharset(FrozenMailing frozen)
    {
        if (frozen.Source.Charset is not { } charset) return frozen;
        CheckCharset(charset, ("text", frozen.Source.Text));
        return frozen with { Source = frozen.Source with { Html = frozen.Source.Html is { } html ? HtmlPart.WithReferences(html, charset) : null } };
    }

    private static void CheckCharset(string charset, params ReadOnlySpan<(string Part, string? Text)> parts)
    {
        foreach (var (part, text) in parts)
        {
            if (text is not null && OrderCharset.FirstMissing(charset, text) is { } at)
                throw new OperationFailure(OrderErrorCodes.E17, FormattableString.Invariant($"<{part}> has U+{System.Text.Rune.GetRuneAt(text, at).Value:X4} at character {at + 1}, which {charset} does not have"));
        }
    }
}
