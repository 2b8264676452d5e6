using System.Buffers;
using System.Globalization;
using System.Text;
using ClosedLoop.Data;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Model;
using ClosedLoop.Model.Events;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Model.Responses;
using Microsoft.Extensions.DependencyInjection;

namespace ClosedLoop.Benchmarks.Export;

/// <summary>A mailing that was sent and answered, put into the database by hand: 97 in 100 sent, 2 bounces and 1 autoresponder in 100, 30 opens and 8 clicks in 100.</summary>
internal static class ExportLedger
{
    private const int Chunk = 20_000;

    /// <summary>Recipients sent to in a second.</summary>
    private const int PerSecond = 1_500;

    public static async Task<MailingRow> FillAsync(IServiceProvider services, ExportArguments arguments, int recipients, bool events)
    {
        var (writer, mailings, definitions) = (services.GetRequiredService<LedgerWriter>(), services.GetRequiredService<MailingStore>(), services.GetRequiredService<DefinitionStore>());
        var client = definitions.FindClient(Pipeline.PipelineContent.Client)!;
        var source = definitions.Sources()[0];
        var mailing = await mailings.CreateAsync(new NewMailing
        {
            ClientId = client.Value.Id,
            ClientVersion = client.Version,
            SourceId = source.Value.Id,
            SourceVersion = source.Version,
            FileId = recipients,
            Name = "bench",
        });
        await mailings.FreezeAsync(mailing.MailingId, new FrozenMailing { Source = source.Value, Sender = client.Value.Sender, List = client.Value.List });
        mailing = mailings.Find(mailing.MailingId)!;
        var random = new Random(20260302);
        var start = Instants.ToMicroseconds(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        for (var from = 0; from < recipients; from += Chunk)
        {
            var first = from;
            await writer.WriteAsync(context =>
            {
                for (var i = first; i < Math.Min(first + Chunk, recipients); i++) Fill(context, mailing, i, start + DoneAfter(arguments, random, i, recipients), random, events);
            });
        }

        await writer.WriteAsync(context =>
        {
            RecipientLedger.Publish(context, recipients);
            context.Execute("UPDATE mailing SET state = 5, started_at = $2, started_recorded = $3, finished_at = $4, finished_recorded = $3 WHERE mailing_id = $1",
                mailing.MailingId, start, context.Stamp, start + (recipients / PerSecond * 1_000_000L));
        });
        return mailings.Find(mailing.MailingId)!;
    }

    private static long DoneAfter(ExportArguments arguments, Random random, int sequence, int recipients)
    {
        var at = (long)(arguments.Shuffled ? random.Next(recipients) : sequence) * 1_000_000 / PerSecond;

        // Ten connections answer when they answer.
        return at + random.Next(400_000) + (random.Next(100) < arguments.Late ? random.NextInt64(3_600_000_000) : 0);
    }

    private static void Fill(WriteContext context, MailingRow mailing, int sequence, long doneAt, Random random, bool events)
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"reader.{sequence}@example.org");
        context.Execute("INSERT INTO recipient (mailing_id, sequence, address, fields) VALUES ($1, $2, $3, $4)", mailing.MailingId, sequence, address, Fields(address, sequence));
        var state = random.Next(100) < 97 ? RecipientState.Sent : random.Next(3) == 0 ? RecipientState.Suppressed : RecipientState.Failed;
        context.Execute("INSERT INTO ledger (mailing_id, sequence, state, attempt, due_at, done_at, recorded, reply_code, reason) VALUES ($1, $2, $3, 1, 0, $4, $5, 250, '2.0.0 Ok: queued as 4R5T6Y7U8I')",
            mailing.MailingId, sequence, (int)state, doneAt, context.Stamp);
        var chance = random.Next(100);
        if (chance < 3)
        {
            context.Execute("INSERT INTO response (mailing_id, sequence, recorded, ordinal, client_id, category, occurred_at, origin, detail) VALUES ($1, $2, $3, 0, $4, $5, $6, 'mail', NULL)",
                mailing.MailingId, sequence, context.Stamp, mailing.ClientId, (int)(chance == 0 ? ResponseCategory.Autoresponder : chance == 1 ? ResponseCategory.TemporaryBounce : ResponseCategory.FatalBounce), doneAt + 5_000_000);
        }

        if (!events || state != RecipientState.Sent) return;
        if (chance >= 70) Track(context, mailing, sequence, TrackedEventKind.Open, 0, doneAt + random.NextInt64(36_000_000_000));
        if (chance >= 92) Track(context, mailing, sequence, TrackedEventKind.Click, random.Next(1, 14), doneAt + random.NextInt64(36_000_000_000));
    }

    private static void Track(WriteContext context, MailingRow mailing, int sequence, TrackedEventKind kind, int ordinal, long at) => context.Execute(
        "INSERT INTO event (kind, client_id, mailing_id, sequence, link_ordinal, automated, occurred_at, recorded, browser, platform, device) VALUES ($1, $2, $3, $4, $5, 0, $6, $7, 'Firefox 128.0', 'Windows 11', 'Desktop')",
        (int)kind, mailing.ClientId, mailing.MailingId, sequence, ordinal, at, context.Stamp);

    private static byte[] Fields(string address, int i)
    {
        var output = new ArrayBufferWriter<byte>(160);
        string[] values =
        [
            address, "71000000000", "501", i % 2 == 0 ? "Ms" : "Mr", i % 5 == 0 ? "Zoë" : "Anna", string.Create(CultureInfo.InvariantCulture, $"Berg{i % 997}"), "Tartu",
            i % 3 == 0 ? "gold" : "silver", (i % 2000).ToString(CultureInfo.InvariantCulture), "shop7", string.Create(CultureInfo.InvariantCulture, $"C{i:000000}"), "regular",
        ];
        foreach (var value in values) RecipientFields.Write(output, Encoding.UTF8.GetBytes(value), isNull: false);
        return output.WrittenSpan.ToArray();
    }
}
