using System.Text.Json;

namespace ClosedLoop.Mail.Bounces;

/// <summary>Notices of Amazon SES that arrive by mail through SNS: a JSON object as the whole text (developer guide, "Amazon SNS notification contents").</summary>
internal static class CloudNotification
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 32, AllowTrailingCommas = true };

    /// <summary>Null when the text is no such notice.</summary>
    public static (ReturnedMailKind Kind, List<ReturnedRecipient> Recipients)? Read(string text)
    {
        text = text.Trim();
        if (!text.StartsWith('{') || !text.Contains("notificationType", StringComparison.Ordinal))
            return null;
        try
        {
            using var document = JsonDocument.Parse(Object(text), Options);
            var root = document.RootElement;
            if (root.TryGetProperty("Message", out var inner) && inner.ValueKind == JsonValueKind.String)
            {
                using var nested = JsonDocument.Parse(inner.GetString()!, Options);
                return Read(nested.RootElement);
            }

            return Read(root);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            // Cut or garbled on the way; the tray keeps the source.
            return null;
        }
    }

    /// <summary>SNS appends how to unsubscribe from the topic behind the object.</summary>
    private static string Object(string text)
    {
        // Mail folds the long line; a raw line end is no valid JSON within a string.
        var joined = text.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
        var depth = 0;
        var quoted = false;
        for (var i = 0; i < joined.Length; i++)
        {
            if (quoted)
            {
                if (joined[i] == '\\')
                    i++;
                else
                    quoted = joined[i] != '"';
            }
            else if (joined[i] == '"')
            {
                quoted = true;
            }
            else if (joined[i] is '{' or '}')
            {
                depth += joined[i] == '{' ? 1 : -1;
                if (depth == 0)
                    return joined[..(i + 1)];
            }
        }

        return joined;
    }

    private static (ReturnedMailKind Kind, List<ReturnedRecipient> Recipients)? Read(JsonElement notice) => notice.GetProperty("notificationType").GetString() switch
    {
        "Bounce" => (ReturnedMailKind.Bounce, Bounced(notice.GetProperty("bounce"))),
        "Complaint" => (ReturnedMailKind.Complaint, [.. notice.GetProperty("complaint").GetProperty("complainedRecipients").EnumerateArray().Select(r => new ReturnedRecipient { Address = Text(r, "emailAddress") })]),
        "Delivery" => (ReturnedMailKind.Delivered, [.. notice.GetProperty("delivery").GetProperty("recipients").EnumerateArray().Select(r => new ReturnedRecipient { Address = r.GetString() ?? "", Action = DeliveryAction.Delivered })]),
        _ => null,
    };

    private static List<ReturnedRecipient> Bounced(JsonElement bounce)
    {
        var list = new List<ReturnedRecipient>();
        foreach (var one in bounce.GetProperty("bouncedRecipients").EnumerateArray())
        {
            var fields = StatusFields.Parse($"Action: failed\nStatus: {Text(one, "status")}\nDiagnostic-Code: {NoticeWords.OneLine(Text(one, "diagnosticCode"))}\n")[0];
            list.Add(RecipientBuilder.Build(Text(one, "emailAddress"), fields, "", "", DeliveryAction.Failed));
        }

        return list;
    }

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
