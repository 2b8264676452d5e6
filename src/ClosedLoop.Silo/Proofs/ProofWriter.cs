using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ClosedLoop.Data.Proof;
using ClosedLoop.Model;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Silo.Proofs;

/// <summary>
/// Writes the reconciliation report of one mailing: file, states, every recipient as a link of a hash chain, exports, and a signature over all of it. Canonical JSON,
/// written as it is read, so that its size is no matter.
/// </summary>
internal sealed class ProofWriter(ProofReader reader, ProofKey key, TimeProvider time)
{
    /// <param name="mailing">The mailing.</param>
    /// <param name="instance">Mark of the installation, if it has one.</param>
    /// <param name="withAddresses">Addresses as they are, in place of salted hashes, and what relays said unmasked.</param>
    /// <param name="target">Where to.</param>
    public void Write(ProofMailing mailing, string? instance, bool withAddresses, Stream target)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Put(ReadOnlySpan<byte> bytes)
        {
            hash.AppendData(bytes);
            target.Write(bytes);
        }

        void Part(string before, JsonNode? value)
        {
            Put(Encoding.UTF8.GetBytes(before));
            Put(CanonicalJson.Of(value));
        }

        // Names in order, as canonical JSON wants them.
        Part("{\"counts\":", Counts(mailing));
        Part(",\"exports\":", Exports(mailing));
        Part(",\"file\":", FileOf(mailing));
        Part(",\"ledger\":{\"addresses\":", withAddresses ? "plain" : "salted");
        Put(",\"entries\":["u8);
        var salt = RandomNumberGenerator.GetBytes(16);
        var link = ProofText.Genesis;
        var first = true;
        foreach (var entry in reader.Entries(mailing))
        {
            var node = EntryOf(mailing, entry, withAddresses ? null : salt);
            link = ProofText.Link(link, CanonicalJson.Of(node));
            node["hash"] = Convert.ToHexStringLower(link);
            if (!first) Put(","u8);
            first = false;
            Put(CanonicalJson.Of(node));
        }

        Part("],\"last\":", Convert.ToHexStringLower(link));
        Part(",\"salt\":", withAddresses ? null : Convert.ToHexStringLower(salt));
        Part("},\"made\":", new JsonObject { ["at"] = ProofText.Time(time.NowMicroseconds()), ["instance"] = instance, ["program"] = typeof(ProofWriter).Assembly.GetName().Version!.ToString() });
        Part(",\"mailing\":", MailingOf(mailing));
        Part(",\"schema\":", ProofText.Schema);

        // Signed is the document as it would be without its signature.
        hash.AppendData("}"u8);
        var signature = new JsonObject
        {
            ["algorithm"] = ProofKey.Algorithm,
            ["key"] = Convert.ToBase64String(key.PublicKey),
            ["value"] = Convert.ToBase64String(key.Sign(hash.GetHashAndReset())),
        };
        target.Write(",\"signature\":"u8);
        target.Write(CanonicalJson.Of(signature));
        target.Write("}\n"u8);
    }

    private JsonObject Counts(ProofMailing mailing)
    {
        var counts = reader.Counts(mailing.MailingId);
        var node = new JsonObject { ["accepted"] = mailing.Accepted };
        for (var state = 0; state < counts.Count; state++) node[ProofText.States[state]] = counts[state];
        return node;
    }

    private JsonArray Exports(ProofMailing mailing) => [.. reader.Exports(mailing).Select(run => (JsonNode)new JsonObject
    {
        ["cutFrom"] = ProofText.Time(run.CutFrom),
        ["cutTo"] = ProofText.Time(run.CutTo),
        ["label"] = run.Label,
        ["published"] = run.Published,
        ["run"] = run.RunId,
    })];

    private JsonObject? FileOf(ProofMailing mailing) => reader.File(mailing.FileId) is not { } file ? null : new JsonObject
    {
        ["found"] = new JsonArray([.. file.Found.Select(found => (JsonNode)new JsonObject { ["code"] = found.Code, ["records"] = found.Records })]),
        ["id"] = file.FileId,
        ["imported"] = file.Imported,
        ["mailings"] = new JsonArray([.. file.Mailings.Select(other => (JsonNode)new JsonObject { ["accepted"] = other.Accepted, ["id"] = other.MailingId })]),
        ["name"] = file.Name,
        ["records"] = file.Records,
        ["sha256"] = file.Sha256,
        ["size"] = file.Size,
        ["skipped"] = file.Skipped,
    };

    private static JsonObject EntryOf(ProofMailing mailing, ProofEntry entry, byte[]? salt) => new()
    {
        ["address"] = entry.Address is null ? null : salt is null ? entry.Address : ProofText.HashOf(salt, entry.Address),
        ["attempt"] = entry.Attempt,
        ["doneAt"] = ProofText.Time(entry.DoneAt),
        ["past"] = new JsonArray([.. entry.Past.Select(past => (JsonNode)new JsonObject
        {
            ["doneAt"] = ProofText.Time(past.DoneAt),
            ["givenBack"] = ProofText.Time(past.GivenBack),
            ["reason"] = salt is null ? past.Reason : ProofText.Masked(past.Reason),
            ["recorded"] = ProofText.Time(past.Recorded),
            ["replyCode"] = past.ReplyCode,
            ["state"] = ProofText.States[past.State],
            ["takenBack"] = ProofText.Time(past.TakenBack),
        })]),
        ["reason"] = salt is null ? entry.Reason : ProofText.Masked(entry.Reason),
        ["recipientId"] = mailing.RecipientBase + entry.Sequence,
        ["recorded"] = ProofText.Time(entry.Recorded),
        ["replyCode"] = entry.ReplyCode,
        ["sequence"] = entry.Sequence,
        ["state"] = ProofText.States[entry.State],
    };

    private static JsonObject MailingOf(ProofMailing mailing) => new()
    {
        ["client"] = mailing.ClientId,
        ["clientVersion"] = mailing.ClientVersion,
        ["content"] = mailing.ContentHash,
        ["createdAt"] = ProofText.Time(mailing.CreatedAt),
        ["finishedAt"] = ProofText.Time(mailing.FinishedAt),
        ["id"] = mailing.MailingId,
        ["name"] = mailing.Name,
        ["purgedAt"] = ProofText.Time(mailing.PurgedAt),
        ["recipientBase"] = mailing.RecipientBase,
        ["resends"] = mailing.Resends,
        ["source"] = mailing.SourceId,
        ["sourceVersion"] = mailing.SourceVersion,
        ["startedAt"] = ProofText.Time(mailing.StartedAt),
        ["state"] = ((MailingState)mailing.State).ToString(),
        ["test"] = mailing.Test,
        ["wave"] = mailing.WaveId,
    };
}
