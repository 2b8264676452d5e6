using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using ClosedLoop.Data.Inbound;
using ClosedLoop.Model.Responses;

namespace ClosedLoop.Operations.Reading;

/// <summary>
/// A returned mail as a case of the conformance command: the message and a line of <c>labels.jsonl</c> that says how a person reads it. The mail is as it came, with all addresses in it; whoever gives it away looks through it first.
/// </summary>
internal static class ResponseCase
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Readings that say that a message did not arrive; all others are cases in which nothing bounced.</summary>
    private static readonly ResponseCategory[] Bounces = [ResponseCategory.FatalBounce, ResponseCategory.Bounce, ResponseCategory.TemporaryBounce];

    /// <param name="id">Number of the mail; names the message in the case.</param>
    /// <param name="raw">Its octets.</param>
    /// <param name="meaning">One of <see cref="ResponseMeaning.Names"/>.</param>
    /// <param name="recipient">Who bounced; empty when nobody knows.</param>
    public static byte[] Of(long id, ReadOnlySpan<byte> raw, string meaning, string recipient)
    {
        var name = FormattableString.Invariant($"case-{id}.eml");
        var category = ResponseMeaning.Names[meaning].Category;
        object[] results = category is { } bounced && Bounces.Contains(bounced) ? [new { recipient, reason = meaning, hardbounce = category == ResponseCategory.FatalBounce ? 1 : 0 }] : [];
        using var archive = new MemoryStream();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
        {
            using (var mail = zip.CreateEntry(name).Open()) mail.Write(raw);
            using var labels = new StreamWriter(zip.CreateEntry("labels.jsonl").Open());
            labels.Write(JsonSerializer.Serialize(new { file = name, set = "operator", meaning, results }, Json) + "\n");
        }

        return archive.ToArray();
    }
}
