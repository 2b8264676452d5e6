using System.Globalization;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Scenarios.Support;
using Xunit.Abstractions;

namespace ClosedLoop.Scenarios;

/// <summary>KILL around and amidst a resend whose command is repeated again and again: it is one resend, and nobody gets a third message.</summary>
public sealed class KillDuringResend(ITestOutputHelper output)
{
    private const int Kills = 6;
    private const int Rows = 1_200;
    private const int Window = 64;

    [Fact]
    public async Task Everybody_chosen_gets_one_more_message_or_is_named_as_doubtful()
    {
        var random = Seed.Next(output);
        using var installation = await Installation.CreateAsync(embeddedSink: false);
        await using var sink = await SinkProcess.StartAsync(installation);
        var books = installation.Books;
        var silo = await SiloProcess.StartAsync(installation);
        var file = installation.Drop(Enumerable.Range(0, Rows).Select(i => Installation.Row($"reader.{i}@example.org")));
        await Eventually.ThatAsync("end of the mailing", () => books.IsFinished(file), silo, sink);
        var mailing = books.Scalar("SELECT mailing_id FROM mailing").ToString(CultureInfo.InvariantCulture);
        await silo.KillAsync();

        // Five of six bounced softly; by mail it would take minutes.
        books.Tamper(
            """
            INSERT INTO response (mailing_id, sequence, recorded, ordinal, client_id, category, occurred_at, origin)
            SELECT m.mailing_id, l.sequence, m.finished_recorded, 0, m.client_id, 1, m.finished_at, 'mail' FROM mailing m JOIN ledger l ON l.mailing_id = m.mailing_id WHERE l.sequence % 6 <> 0
            """);
        var chosen = (int)books.Scalar("SELECT COUNT(*) FROM response");
        silo = await SiloProcess.StartAsync(installation);
        for (var kill = 0; kill < Kills; kill++)
        {
            // The first kills fall around the opening, the others amidst the sending.
            var asked = installation.RunAsync("mailings", "resend", mailing);
            if (kill < 2) await Task.Delay(random.Next(200, 900));
            else
            {
                await asked;
                var enough = Math.Min(Rows + (chosen * 8 / 10), books.Sink().Count + random.Next(1, chosen / Kills));
                await Eventually.ThatAsync("messages", () => books.Sink().Count >= enough || books.IsFinished(file), silo, sink);
            }

            await silo.KillAsync();
            await asked;
            output.WriteLine($"kill {kill}: {books.Sink().Count - Rows} sent again, {books.CountState(RecipientState.Sending)} claimed, state {(MailingState)books.Scalar("SELECT state FROM mailing")}");
            silo = await SiloProcess.StartAsync(installation);
        }

        await using var last = silo;
        if (books.Scalar("SELECT resends FROM mailing") == 0) (await installation.RunAsync("mailings", "resend", mailing)).Succeeded();
        await Eventually.ThatAsync("end of the resend", () => books.IsFinished(file), silo, sink);
        Assert.Equal(8, (await installation.RunAsync("mailings", "resend", mailing)).ExitCode);

        Assert.Equal(1, books.Scalar("SELECT resends FROM mailing"));
        Assert.Equal(chosen, books.Scalar("SELECT COUNT(*) FROM ledger_past"));
        var ledger = books.AssertBalance(file, Rows);
        var mail = books.SinkByAddress();
        foreach (var (address, state) in ledger)
        {
            var number = int.Parse(address.AsSpan("reader.".Length, address.IndexOf('@', StringComparison.Ordinal) - "reader.".Length), CultureInfo.InvariantCulture);
            if (number % 6 == 0) Assert.Equal((RecipientState.Sent, 1), (state, mail[address].Count()));
            else if (state == RecipientState.Unknown) Assert.InRange(mail[address].Count(), 1, 2);
            else Assert.Equal((RecipientState.Sent, 2), (state, mail[address].Count()));
        }

        var doubtful = ledger.Values.Count(state => state == RecipientState.Unknown);
        output.WriteLine($"{doubtful} in doubt");
        Assert.InRange(doubtful, 0, Window * Kills);
        var log = (await installation.ExportAsync(silo)).Rows("mailingrecipients");
        Assert.Equal(Rows, log.Count);
        Assert.DoesNotContain(log, row => row["deliveryStatus"] == "SOFT");
    }
}
