using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClosedLoop.Silo.Proofs;

/// <summary>Verifies a proof with nothing but the file: form, chain, sums and signature.</summary>
internal sealed partial class ProofVerifier
{
    private const int MostFaults = 20;

    private readonly List<ProofFault> _faults = [];

    private ProofVerifier()
    {
    }

    /// <param name="file">The whole file.</param>
    /// <param name="expectedKey">Public key (SubjectPublicKeyInfo) that must have signed it, or <c>null</c> for any.</param>
    public static ProofVerdict Verify(ReadOnlyMemory<byte> file, byte[]? expectedKey = null)
    {
        var verifier = new ProofVerifier();
        var (mailing, entries, key) = (0L, 0, (string?)null);
        try
        {
            using var document = JsonDocument.Parse(file);
            var root = document.RootElement;
            verifier.CheckForm(file.Span, root);
            key = verifier.CheckSignature(root, expectedKey);
            mailing = root.GetProperty("mailing").GetProperty("id").GetInt64();
            entries = verifier.CheckChain(root);
            verifier.CheckSums(root);
        }
        catch (JsonException e)
        {
            verifier.Add("CL3240", $"not JSON: {e.Message}");
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            verifier.Add("CL3240", $"not a proof of form {ProofText.Schema}: {e.Message}");
        }

        return new ProofVerdict(mailing, entries, key, verifier._faults);
    }

    private void Add(string code, string message)
    {
        if (_faults.Count < MostFaults) _faults.Add(new ProofFault(code, message));
    }

    private void CheckForm(ReadOnlySpan<byte> file, JsonElement root)
    {
        if (root.GetProperty("schema").GetString() != ProofText.Schema) Add("CL3240", $"schema is {root.GetProperty("schema").GetRawText()}; expected {ProofText.Schema}");

        // Whatever the signature does not speak of (white space, the order of names, a name twice, bytes behind the end) is excluded by there being one form.
        if (!file.SequenceEqual([.. CanonicalJson.Of(root), (byte)'\n'])) Add("CL3241", "the file is not in canonical form: it was written again or changed after it was made");
    }

    private string? CheckSignature(JsonElement root, byte[]? expectedKey)
    {
        var signature = root.GetProperty("signature");
        var (key, value) = (Bytes(signature.GetProperty("key")), Bytes(signature.GetProperty("value")));
        if (signature.EnumerateObject().Count() != 3 || signature.GetProperty("algorithm").GetString() != ProofKey.Algorithm) Add("CL3244", $"the signature is not of form {ProofKey.Algorithm}");
        if (key is null || value is null)
        {
            Add("CL3244", "key or value of the signature is not base64");
            return null;
        }

        var signed = new JsonObject(root.EnumerateObject().Where(part => part.Name != "signature").Select(part => KeyValuePair.Create(part.Name, (JsonNode?)ToNode(part.Value))));
        if (!ProofKey.Verify(key, SHA256.HashData(CanonicalJson.Of(signed)), value)) Add("CL3244", "the signature does not fit the document: one of them was changed");
        if (expectedKey is not null && !key.AsSpan().SequenceEqual(expectedKey))
            Add("CL3245", $"signed with key {ProofKey.Fingerprint(key)}; expected {ProofKey.Fingerprint(expectedKey)}");
        return ProofKey.Fingerprint(key);
    }

    private int CheckChain(JsonElement root)
    {
        var ledger = root.GetProperty("ledger");
        var link = ProofText.Genesis;
        var number = 0;
        foreach (var entry in ledger.GetProperty("entries").EnumerateArray())
        {
            var plain = new JsonObject(entry.EnumerateObject().Where(part => part.Name != "hash").Select(part => KeyValuePair.Create(part.Name, (JsonNode?)ToNode(part.Value))));
            link = ProofText.Link(link, CanonicalJson.Of(plain));
            var said = entry.GetProperty("hash").GetString();
            if (said != Convert.ToHexStringLower(link))
            {
                Add("CL3242", string.Create(CultureInfo.InvariantCulture, $"the chain breaks at entry {number} (sequence {entry.GetProperty("sequence").GetInt64()}): it, or one before it, was changed, added or taken away"));

                // The entries after it are judged by themselves, so that one change is one fault.
                if (said is { Length: 64 } && said.All(char.IsAsciiHexDigit)) link = Convert.FromHexString(said);
            }

            number++;
        }

        if (ledger.GetProperty("last").GetString() != Convert.ToHexStringLower(link)) Add("CL3242", "the chain ends with another hash than the proof names");
        return number;
    }

    private static JsonNode? ToNode(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => JsonObject.Create(element),
        JsonValueKind.Array => JsonArray.Create(element),
        _ => JsonValue.Create(element),
    };

    /// <summary>Base64 in the one form that encoding gives; <c>null</c> for anything else.</summary>
    private static byte[]? Bytes(JsonElement element)
    {
        var text = element.GetString() ?? throw new FormatException("key or value of the signature is null");
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && Convert.ToBase64String(bytes.AsSpan(0, length)) == text ? bytes[..length] : null;
    }
}
