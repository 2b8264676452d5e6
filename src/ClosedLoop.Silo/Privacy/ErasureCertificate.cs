using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClosedLoop.Silo.Proofs;

namespace ClosedLoop.Silo.Privacy;

/// <summary>
/// What was erased and what was not, signed. It does not hold the address but a salted hash of it: whoever has the address can check that the certificate is about it.
/// </summary>
internal static class ErasureCertificate
{
    public const string Schema = "closedloop.erasure/v1";

    public static byte[] Make(string address, IReadOnlyList<ErasedClient> clients, int returnedMails, int sinkMessages, string? instance, long now, ProofKey key)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        return SignedDocument.Sign(new JsonObject
        {
            ["address"] = ProofText.HashOf(salt, address),
            ["clients"] = new JsonArray([.. clients.Select(client => (JsonNode)Client(client))]),
            ["erasedAt"] = ProofText.Time(now),
            ["instance"] = instance,
            ["left"] = new JsonArray([.. Left()]),
            ["program"] = typeof(ErasureCertificate).Assembly.GetName().Version!.ToString(),
            ["returnedMails"] = returnedMails,
            ["salt"] = Convert.ToHexStringLower(salt),
            ["schema"] = Schema,
            ["sinkMessages"] = sinkMessages,
        }, key);
    }

    /// <summary>Whether the certificate is about an address.</summary>
    public static bool IsAbout(ReadOnlySpan<byte> file, string address)
    {
        var root = JsonNode.Parse(file)!;
        return root["address"]!.GetValue<string>() == ProofText.HashOf(Convert.FromHexString(root["salt"]!.GetValue<string>()), address);
    }

    /// <summary>For people: one line for each thing.</summary>
    public static IEnumerable<string> Lines(ReadOnlyMemory<byte> file)
    {
        using var document = JsonDocument.Parse(file);
        var root = document.RootElement;
        var lines = new List<string>();
        foreach (var client in root.GetProperty("clients").EnumerateArray())
        {
            lines.Add($"client {client.GetProperty("key").GetString()}: {client.GetProperty("messages")} messages, of them {client.GetProperty("withdrawn")} not sent any more; "
                + $"{client.GetProperty("responses")} responses, {client.GetProperty("entries")} list entries, {client.GetProperty("links")} unsubscribe links");
            lines.AddRange(client.GetProperty("files").EnumerateArray().Select(entry =>
                $"  {entry.GetProperty("done").GetString()} {entry.GetProperty("folder").GetString()}/{entry.GetProperty("name").GetString()}: {entry.GetProperty("why").GetString()}"));
        }

        lines.Add($"returned mails {root.GetProperty("returnedMails")}, messages in the sink {root.GetProperty("sinkMessages")}");
        return lines;
    }

    private static JsonObject Client(ErasedClient client) => new()
    {
        ["actions"] = client.Result.Actions,
        ["entries"] = client.Result.Entries,
        ["files"] = new JsonArray([.. client.Files.Select(file => (JsonNode)new JsonObject
        {
            ["done"] = file.Done,
            ["folder"] = file.Folder,
            ["name"] = file.Name,
            ["why"] = file.Why,
        })]),
        ["hash"] = client.Result.Hash,
        ["id"] = client.Id,
        ["key"] = client.Key,
        ["links"] = client.Result.Links,
        ["messages"] = client.Result.Messages,
        ["objected"] = client.Result.Objected,
        ["responses"] = client.Result.Responses,
        ["withdrawn"] = client.Result.Withdrawn,
    };

    /// <summary>What a program cannot reach, said in the certificate itself.</summary>
    private static IEnumerable<JsonNode> Left() =>
    [
        "opens and clicks stay as counts without a name",
        "the audit of operators names whom an action was about, and lines of the log do where Log:MaskAddresses is off, until their files are rotated away",
        "backups, the relay and its log, the logs of proxies, and files that the client holds are the operator's",
    ];
}
