using ClosedLoop.Data;
using ClosedLoop.Data.Proof;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Proofs;
using ClosedLoop.Silo.Tests.Support;

namespace ClosedLoop.Silo.Tests.Proofs;

/// <summary>Proofs to test with.</summary>
internal static class ProofFiles
{
    /// <summary>A mailing of eight with every kind of outcome, a resend and an export.</summary>
    public static async Task<MailingCase> FillAsync(SiloStores stores)
    {
        var mailing = await stores.MailingAsync(8);
        await stores.SettleAsync(mailing, RecipientState.Sent, 0, 1, 2);
        await stores.SettleAsync(mailing, RecipientState.Failed, 3);
        await stores.SettleAsync(mailing, RecipientState.Unknown, 4);
        await stores.SettleAsync(mailing, RecipientState.Suppressed, 5);
        await stores.Ledger.ClaimAsync(mailing.MailingId, [6]);
        stores.Execute(
            "INSERT INTO ledger_past (mailing_id, sequence, recorded, state, done_at, reply_code, reason, taken_back) VALUES ($1, 2, 5, 3, 5, 451, 'at Data: 451 later <Reader.2@example.org>', 9)", mailing.MailingId);
        stores.Execute("INSERT INTO export_run (run_id, scope, label, cut_from, cut_to, published, recorded) VALUES (4, '9', '20260302', 0, $1, 1, 1)", stores.Now + 1_000_000_000);
        stores.Execute("INSERT INTO file_problem (file_id, ordinal, record, code, step, message) VALUES (1, 0, 3, 'E201', 'Record', 'x'), (1, 1, 4, 'E201', 'Record', 'x')");
        return new MailingCase(mailing.MailingId);
    }

    public static byte[] Write(SiloStores stores, MailingCase mailing, bool withAddresses = false)
    {
        using var reader = new ProofReader(stores.Get<Database>());
        using var key = ProofKey.LoadOrCreate(stores.Settings.KeysPath);
        using var target = new MemoryStream();
        new ProofWriter(reader, key, stores.Clock).Write(reader.Mailing(mailing.Id)!, "mark", withAddresses, target);
        return target.ToArray();
    }

    /// <summary>A mailing by its number.</summary>
    internal sealed record MailingCase(long Id);
}
