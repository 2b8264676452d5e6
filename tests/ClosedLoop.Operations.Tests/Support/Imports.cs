using System.Buffers;
using System.Text;
using ClosedLoop.Data;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Model;
using ClosedLoop.Model.Lists;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Operations.Tests.Support;

/// <summary>Files and mailings that are there without a folder having been looked into.</summary>
internal static class Imports
{
    private static long _file = 5_000_000;

    /// <summary>A file of the demo client with one mailing, imported a moment ago.</summary>
    /// <param name="served">The service.</param>
    /// <param name="name">Name of the file.</param>
    /// <param name="people">Address and first name of each recipient; an empty one is NULL.</param>
    /// <param name="state">Where the mailing stands.</param>
    /// <param name="subject">Of its template.</param>
    public static async Task<(long FileId, MailingRow Mailing)> AddAsync(ServedHere served, string name, IReadOnlyList<(string Address, string First)> people, MailingState state = MailingState.Finished, string subject = "Hello {{ firstname }}")
    {
        var client = served.Get<DefinitionStore>().FindClient("demo")!;
        var store = served.Get<MailingStore>();
        var now = TimeProvider.System.NowMicroseconds();
        var file = Interlocked.Increment(ref _file);

        // Done from the beginning: what is not would be taken up by the folder, which has no such file.
        await served.Get<LedgerWriter>().WriteAsync(context => context.Execute(
            "INSERT INTO inbound_file (file_id, client_id, name, sha256, size, state, records, imported, received_at, claimed_at, recorded, test) VALUES ($1, $2, $3, $4, 100, 5, $5, $5, $6, $6, $7, 0)",
            file, client.Value.Id, name, Convert.ToHexStringLower(Guid.NewGuid().ToByteArray()), (long)people.Count, now, context.Stamp));
        var row = await store.CreateAsync(new NewMailing { ClientId = client.Value.Id, ClientVersion = client.Version, SourceId = 77, SourceVersion = 1, FileId = file, Name = name });
        await served.Get<RecipientLedger>().ImportAsync(row.MailingId, 0, [.. people.Select(one => new ImportedRecipient(one.Address, Fields(client.Value.List, one.Address, one.First)))]);
        await served.Get<LedgerWriter>().WriteAsync(context => RecipientLedger.Publish(context, file));
        await store.FreezeAsync(row.MailingId, new FrozenMailing
        {
            Source = new SourceMailing { Id = 77, ClientId = client.Value.Id, Name = name, Subject = subject, Html = "<p>Dear {{ firstname }}, <a href=\"https://example.org/offer\">look</a></p>", Text = "Dear {{ firstname }}" },
            Sender = client.Value.Sender,
            List = client.Value.List,
        });
        await served.Get<LedgerWriter>().WriteAsync(context =>
        {
            context.Execute("UPDATE mailing SET state = $2, started_at = $3, started_recorded = $4 WHERE mailing_id = $1", row.MailingId, (int)state, now - 60_000_000, context.Stamp);
            if (state != MailingState.Finished) return;
            context.Execute("UPDATE ledger SET state = 2, attempt = 1, done_at = $2 + (sequence * 1000000), recorded = $3 WHERE mailing_id = $1", row.MailingId, now - 60_000_000, context.Stamp);
            context.Execute("UPDATE mailing SET finished_at = $2, finished_recorded = $3 WHERE mailing_id = $1", row.MailingId, now, context.Stamp);
        });
        return (file, store.Find(row.MailingId)!);
    }

    private static byte[] Fields(ListDefinition list, string address, string first)
    {
        var fields = new ArrayBufferWriter<byte>();
        foreach (var field in list.Fields)
        {
            var value = field.Name == ListDefinition.EmailField ? address : field.Name == "firstname" ? first : "1";
            RecipientFields.Write(fields, Encoding.UTF8.GetBytes(value), isNull: value.Length == 0);
        }

        return fields.WrittenSpan.ToArray();
    }
}
