using System.Text;
using ClosedLoop.Intake.Orders.Xml;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Orders;

/// <summary>E-mail: xml-delivery spec sections 9.1 to 9.3 and 10.</summary>
internal sealed partial class OrderBuilder
{
    private EmailMessage Email(OrderNode node, IReadOnlyList<OrderNote> notes)
    {
        var headers = node["headers"];
        var sender = headers?["mail_from"];
        var body = node["body"];
        var template = node["template_from_campaign_id"];
        var encoding = node["encoding"];
        foreach (var (name, place) in new[] { ("encoding", encoding), ("subject", headers?["subject"]), ("label", headers?["label"]), ("name", sender?["name"]), ("address", sender?["address"]), ("reply_to", headers?["reply_to"]), ("template_from_campaign_id", template), ("preferred_content", node["preferred_content"]), ("body", body) })
        {
            places.Note(name, place);
        }

        places.Note("html", body?["html"]);
        places.Note("text", body?["text"]);
        var message = new EmailMessage
        {
            Encoding = encoding?.Value,
            Label = headers?["label"]?.Value,
            Subject = headers?["subject"]?.Value,
            SenderName = sender?["name"]?.Value,
            SenderAddress = sender?["address"]?.Value,
            ReplyTo = headers?["reply_to"]?.Value,
            PublishOnWeb = node["publish_on_web"]?.Value is "" or "true",
            PreferredContent = node["preferred_content"]?.Value switch
            {
                "both" => PreferredContent.Both,
                "simple_text" => PreferredContent.SimpleText,
                "rich_text" => PreferredContent.RichText,
                _ => null,
            },
            Html = Html(body?["html"]),
            Text = PlainText(body?["text"]),
            Template = template?.Value is { } id ? Number(id) : null,
        };
        if (message.SenderAddress is { } address && !Placeholder.IsIn(address)) CheckAddress(sender!["address"]!, address);
        if (message.ReplyTo is { } replyTo && !Placeholder.IsIn(replyTo)) CheckAddress(headers!["reply_to"]!, AddressIn(replyTo));
        if (template is not null && encoding is not null) problems.Add(OrderErrorCodes.W10, encoding.Line, encoding.Column, "<encoding> is ignored, because a template is named");
        CheckFormat(message, node, body);
        CheckPlaceholders(message, notes);
        if (template is null && message.Encoding is { } charset) CheckCharset(message, charset);
        return message;
    }

    /// <summary>The address in <c>Name &lt;address&gt;</c>, or the whole text.</summary>
    private static string AddressIn(string text)
    {
        var open = text.LastIndexOf('<');
        return open >= 0 && text.EndsWith('>') ? text[(open + 1)..^1] : text;
    }

    private HtmlContent? Html(OrderNode? part) => Content(part) is not { } content ? null : new HtmlContent(
        content,
        part!["preferences"]?["stats"]?["links"]?.Value == "parse",
        part["preferences"]?["prettify"]?.Value != "off",
        part["preferences"]?["unescape"]?.Value != "off");

    private TextContent? PlainText(OrderNode? part) =>
        Content(part) is { } content ? new TextContent(content, part!["preferences"]?["stats"]?["links"]?.Value != "off") : null;

    private string? Content(OrderNode? part)
    {
        if (part is null) return null;
        var content = part["content"];
        if (content is not null && part.Bare is not null) problems.Add(OrderErrorCodes.E02, part.Line, part.Column, $"<{part.Name}> has <content> and text beside it; expected one of the two");
        else if (content is null && part.Bare is null) problems.Add(OrderErrorCodes.E02, part.Line, part.Column, $"<{part.Name}> has no <content>");
        return content?.Value ?? part.Bare;
    }

    private void CheckFormat(EmailMessage message, OrderNode node, OrderNode? body)
    {
        if (message.PreferredContent is not { } format || body is null || body.Children.Count == 0) return;
        var (html, text) = (body["html"], body["text"]);
        var place = node["preferred_content"]!;
        var fault = format switch
        {
            PreferredContent.Both when html is null => "both is chosen, but there is no html part",
            PreferredContent.Both when text is null => "both is chosen, but there is no text part",
            PreferredContent.SimpleText when html is not null => "simple_text is chosen, but there is an html part",
            PreferredContent.RichText when text is not null => "rich_text is chosen, but there is a text part",
            _ => null,
        };
        if (fault is not null) problems.Add(OrderErrorCodes.E17, place.Line, place.Column, fault);
    }

    private void CheckPlaceholders(EmailMessage message, IReadOnlyList<OrderNote> notes)
    {
        var labels = notes.Select(note => note.Label).ToHashSet(StringComparer.Ordinal);
        CheckPlaceholders("subject", message.Subject, OrderChannel.Email, null);
        CheckPlaceholders("name", message.SenderName, OrderChannel.Email, null);
        CheckPlaceholders("address", message.SenderAddress, OrderChannel.Email, null);
        CheckPlaceholders("reply_to", message.ReplyTo, OrderChannel.Email, null);
        CheckPlaceholders("html", message.Html?.Content, OrderChannel.Email, labels);
        CheckPlaceholders("text", message.Text?.Content, OrderChannel.Email, labels);
    }

    /// <param name="element">Where the text stands.</param>
    /// <param name="text">The text.</param>
    /// <param name="channel">Channel of the order.</param>
    /// <param name="labels">Labels of the notes; null where notes are not looked at.</param>
    private void CheckPlaceholders(string element, string? text, OrderChannel channel, HashSet<string>? labels)
    {
        var (line, column) = places[element];
        var all = Placeholder.Find(text).Take(Placeholder.Most + 1).ToList();
        if (all.Count > Placeholder.Most) problems.Add(OrderErrorCodes.E19, line, column, FormattableString.Invariant($"<{element}> has more than {Placeholder.Most} placeholders"));
        foreach (var found in all.DistinctBy(found => (found.Kind, found.Inner)))
        {
            switch (found.Kind)
            {
                case PlaceholderKind.Code:
                    problems.Add(OrderErrorCodes.E19, line, column, $"<{element}> holds Ruby code (<% … %>), which is never run", "The content was written for a system that runs it.", "Take the code out; use fields and prepare the values in the list.");
                    break;
                case PlaceholderKind.Note when labels is null || channel != OrderChannel.Email:
                    problems.Add(OrderErrorCodes.W12, line, column, $"<{element}> holds a note placeholder, which has no effect there");
                    break;
                case PlaceholderKind.Note when !labels.Contains(found.Inner):
                    problems.Add(OrderErrorCodes.W07, line, column, $"<{element}> names a note that the order does not have");
                    break;
                case PlaceholderKind.Inline or PlaceholderKind.DynamicInline or PlaceholderKind.TrackedLink or PlaceholderKind.DynamicTrackedLink when channel != OrderChannel.Email:
                    problems.Add(OrderErrorCodes.W12, line, column, $"<{element}> holds a placeholder that only e-mail knows");
                    break;
            }
        }
    }

    private void CheckCharset(EmailMessage message, string charset)
    {
        foreach (var (element, text) in new[] { ("subject", message.Subject), ("name", message.SenderName), ("text", message.Text?.Content) })
        {
            if (text is null || OrderCharset.FirstMissing(charset, text) is not { } at) continue;
            var (line, column) = places[element];
            problems.Add(
                OrderErrorCodes.E17, line, column, FormattableString.Invariant($"<{element}> has U+{Rune.GetRuneAt(text, at).Value:X4} at character {at + 1}, which {charset} does not have"),
                "The text was written in another charset than the mail is to have.", "Use utf-8, or another character. In HTML such characters are kept as references.");
        }
    }
}
