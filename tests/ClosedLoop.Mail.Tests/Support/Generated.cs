using System.Text;
using System.Text.Json.Nodes;
using ClosedLoop.Mail.Mime;

namespace ClosedLoop.Mail.Tests.Support;

/// <summary>Messages of every kind of content and shape, with what a reader must find in them.</summary>
internal static class Generated
{
    private static readonly string[] Alphabets = ["abc def,.\"\\<>()@:;=?_", "Straße Größe über ", "новости недели ", "漢字かな ", "😀🎉 ok ", "a=?utf-8?Q?b?= ", "مرحبا "];

    private static readonly string[] Types = ["application/pdf", "image/png", "text/plain", "text/csv", "application/octet-stream", "text/calendar; method=REQUEST"];

    public static IEnumerable<(byte[] Raw, JsonObject Expected)> Messages(int seed, int count)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            var subject = Line(random, 200);
            var name = Line(random, 80);
            var text = Body(random);
            var html = random.Next(4) == 0 ? "" : "<p>" + Body(random);
            if (text.Length == 0 && html.Length == 0)
                text = "x";
            var to = random.Next(3) == 0 ? "ann@bücher.example" : "ann.lee+tag@example.net";
            (MailAttachment File, string Content)[] attachments = random.Next(3) == 0 ? [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Attachment(random))] : [];
            var raw = Samples.Message(to, subject, text, html, $"{i}.{seed}@example.org", random.Next(2) == 0, toName: name, attachments: [.. attachments.Select(a => a.File)],
                headers: [new MessageHeader("List-Unsubscribe", $"<https://x.example/u/{new string('t', random.Next(200))}>, <mailto:u@x.example>"), new MessageHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"), new MessageHeader("X-Campaign", Line(random, 120))]);

            // Those within the HTML's part stand before those beside it.
            var ordered = html.Length == 0 ? attachments : [.. attachments.OrderBy(a => a.File.IsInline ? 0 : 1)];
            yield return (raw, new JsonObject
            {
                ["raw"] = Convert.ToBase64String(raw),
                ["subject"] = subject,
                ["name"] = name,
                ["address"] = to.Replace("bücher", "xn--bcher-kva", StringComparison.Ordinal),
                ["text"] = text.ReplaceLineEndings("\n"),
                ["html"] = html.ReplaceLineEndings("\n"),
                ["files"] = new JsonArray([.. ordered.Select(a => (JsonNode)$"{a.File.FileName}|{a.File.MediaType.Split(';')[0]}|{a.File.ContentId}|{a.Content}")]),
            });
        }
    }

    private static (MailAttachment File, string Content) Attachment(Random random)
    {
        var type = Types[random.Next(Types.Length)];
        var content = type.StartsWith("text/", StringComparison.Ordinal) && random.Next(2) == 0
            ? Encoding.UTF8.GetBytes(Body(random))
            : random.GetItems([.. Enumerable.Range(0, 256).Select(b => (byte)b)], random.Next(3000));
        var name = Line(random, 90).Replace("/", "-", StringComparison.Ordinal).Replace("\\", "-", StringComparison.Ordinal) + ".pdf";
        var made = random.Next(2) == 0 ? MailAttachment.File(name, type, content) : MailAttachment.Inline(name, type, content, random.Next(2) == 0 ? null : $"{random.Next()}@example.org");
        return (made, Convert.ToBase64String(content));
    }

    private static string Line(Random random, int longest)
    {
        var text = new StringBuilder();
        var length = random.Next(longest);
        while (text.Length < length)
            text.Append(Words(random));
        return string.Join(' ', text.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Words(Random random)
    {
        var alphabet = Alphabets[random.Next(3) == 0 ? random.Next(Alphabets.Length) : 0].EnumerateRunes().ToArray();
        return string.Concat(random.GetItems(alphabet, random.Next(1, 15))) + " ";
    }

    private static string Body(Random random)
    {
        var text = new StringBuilder();
        for (var lines = random.Next(12); lines > 0; lines--)
        {
            text.Append(random.Next(6) switch
            {
                0 => ".",
                1 => new string('x', random.Next(1200)),
                2 => "trailing space ",
                3 => "From here",
                _ => Line(random, 300),
            });
            text.Append(random.Next(3) switch { 0 => "\n", 1 => "\r\n", _ => "\r" });
        }

        return text.ToString();
    }
}
