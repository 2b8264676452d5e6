using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClosedLoop.Silo.Proofs;

/// <summary>Small documents in canonical form with the signature of the installation, as proofs have it: over the document without its <c>signature</c>.</summary>
internal static class SignedDocument
{
    /// <summary>The document with its signature and a line end.</summary>
    public static byte[] Sign(JsonObject document, ProofKey key)
    {
        var hash = SHA256.HashData(CanonicalJson.Of(document));
        var signed = (JsonObject)document.DeepClone();
        signed["signature"] = new JsonObject
        {
            ["algorithm"] = ProofKey.Algorithm,
            ["key"] = Convert.ToBase64String(key.PublicKey),
            ["value"] = Convert.ToBase64String(key.Sign(hash)),
        };
        return [.. CanonicalJson.Of(signed), (byte)'\n'];
    }

    /// <summary>What is wrong with a document; empty when it is what was signed.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="schema">The form it must have.</param>
    /// <param name="expectedKey">Public key (SubjectPublicKeyInfo) that must have signed it, or <c>null</c> for any.</param>
    public static IReadOnlyList<string> Faults(ReadOnlySpan<byte> file, string schema, byte[]? expectedKey = null)
    {
        try
        {
            var root = JsonNode.Parse(file)!.AsObject();
            if (root["schema"]?.GetValue<string>() != schema) return [$"CL9605: schema is {root["schema"]?.ToJsonString() ?? "not there"}; expected {schema}"];
            if (!file.SequenceEqual([.. CanonicalJson.Of(root), (byte)'\n'])) return ["CL9605: the file is not in canonical form: it was written again or changed after it was made"];
            var signature = root["signature"]!.AsObject();
            var (key, value) = (Convert.FromBase64String(signature["key"]!.GetValue<string>()), Convert.FromBase64String(signature["value"]!.GetValue<string>()));
            root.Remove("signature");
            if (!ProofKey.Verify(key, SHA256.HashData(CanonicalJson.Of(root)), value)) return ["CL9605: the signature is not of this document"];
            return expectedKey is not null && !key.AsSpan().SequenceEqual(expectedKey) ? ["CL9605: another key has signed it than the one given"] : [];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or NullReferenceException)
        {
            return [$"CL9605: not a signed document: {e.Message}"];
        }
    }
}
