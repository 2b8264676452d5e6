using ClosedLoop.Model.Recipients;
using ClosedLoop.Scenarios.Support;
using Xunit.Abstractions;

namespace ClosedLoop.Scenarios;

/// <summary>
/// KILL at ten moments while mail goes out, and three books compared at the end: the input file, the sink's ledger, the export.
/// The sink is a process of its own and lives on.
/// </summary>
public sealed class KillDuringSending(ITestOutputHelper output)
{
    private const int Kills = 10;
    private const int Rows = 3_000;

    /// <summary>Recipients that may be claimed and not recorded at any moment (Delivery:InDoubtWindow).</summary>
    private const int Window = 64;

    [Trait("Acceptance", "3")]
    [Fact]
    public async Task With_hold_nobody_is_lost_nobody_gets_two_and_the_doubtful_are_named()
    {
        using var installation = await Installation.CreateAsync(embeddedSink: false);
        await using var sink = await SinkProcess.StartAsync(installation);
        var (file, silo) = await PlayAsync(installation, sink);
        await using var running = silo;

        var ledger = installation.Books.AssertBalance(file, Rows);
        AssertAccepted(ledger.Keys);
        var mail = installation.Books.SinkByAddress();
        Assert.All(mail, messages => Assert.True(messages.Count() == 1, $"{messages.Key} has {messages.Count()} messages"));
        foreach (var (address, state) in ledger)
        {
            // Only of the doubtful the sink may know more than the ledger.
            if (state == RecipientState.Sent) Assert.True(mail.Contains(address), $"{address} is sent and not in the sink");
            else if (state != RecipientState.Unknown) Assert.False(mail.Contains(address), $"{address} is {state} and in the sink");
            if (Refused(address)) Assert.True(state is RecipientState.Failed or RecipientState.Unknown, $"{address} is {state}");
            else Assert.True(state is RecipientState.Sent or RecipientState.Unknown, $"{address} is {state}");
        }

        var unknown = ledger.Values.Count(state => state == RecipientState.Unknown);
        output.WriteLine($"{unknown} in doubt after {Kills} kills, {ledger.Count(entry => entry.Value == RecipientState.Unknown && mail.Contains(entry.Key))} of them in the sink");
        Assert.InRange(unknown, 0, Window * Kills);
        await AssertExportAsync(installation, silo, ledger);
    }

    [Fact]
    public async Task With_resend_everybody_gets_it_and_repeats_carry_the_same_message_id()
    {
        using var installation = await Installation.CreateAsync(embeddedSink: false, unknown: "resend");
        await using var sink = await SinkProcess.StartAsync(installation);
        var (file, silo) = await PlayAsync(installation, sink);
        await using var running = silo;

        var ledger = installation.Books.AssertBalance(file, Rows);
        AssertAccepted(ledger.Keys);
        Assert.All(ledger, entry => Assert.Equal(Refused(entry.Key) ? RecipientState.Failed : RecipientState.Sent, entry.Value));
        var mail = installation.Books.SinkByAddress();
        Assert.Equal(ledger.Keys.Where(address => !Refused(address)).Order(StringComparer.Ordinal), mail.Select(messages => messages.Key).Order(StringComparer.Ordinal));
        Assert.All(mail, messages => Assert.Single(messages.Select(message => message.MessageId).Distinct(StringComparer.Ordinal)));
        var repeats = mail.Sum(messages => messages.Count() - 1);
        output.WriteLine($"{repeats} repeats after {Kills} kills");
        Assert.InRange(repeats, 0, Window * Kills);
        await AssertExportAsync(installation, silo, ledger);
    }

    /// <summary>Drops the file, kills ten times and lets it end.</summary>
    private async Task<(string File, SiloProcess Silo)> PlayAsync(Installation installation, SinkProcess sink)
    {
        var random = Seed.Next(output);
        var books = installation.Books;
        var silo = await SiloProcess.StartAsync(installation);
        var file = installation.Drop(Enumerable.Range(0, Rows).Select(Row));
        var amidst = 0;

        // By what the sink has, not by the clock, so that the moments lie within the sending on any machine; the last tenth is left to end in peace.
        foreach (var messages in Enumerable.Range(0, Kills).Select(_ => random.Next(1, Rows * 8 / 10)).Order())
        {
            var enough = Math.Max(messages, SinkLines(books) + 1);
            await Eventually.ThatAsync("mail on its way", () => SinkLines(books) >= enough || books.IsFinished(file), silo, sink);
            await Task.Delay(random.Next(0, 40));
            await silo.KillAsync();
            var waiting = books.CountState(RecipientState.Waiting);
            var claimed = books.CountState(RecipientState.Sending);
            output.WriteLine($"killed at {enough} messages: {waiting} waiting, {claimed} being sent, {books.Sink().Count} in the sink");
            Assert.InRange(claimed, 0, Window);
            if (waiting > 0 && books.Sink().Count > 0) amidst++;
            silo = await SiloProcess.StartAsync(installation);
        }

        Assert.True(amidst >= Kills / 2, $"only {amidst} of {Kills} kills fell in the middle of the sending; they prove nothing");
        await Eventually.ThatAsync("end of the mailing", () => books.IsFinished(file), silo, sink);
        return (file, silo);
    }

    private static async Task AssertExportAsync(Installation installation, SiloProcess silo, IReadOnlyDictionary<string, RecipientState> ledger)
    {
        var export = await installation.ExportAsync(silo);
        var log = export.Rows("mailingrecipients").ToDictionary(row => row["userId"], StringComparer.OrdinalIgnoreCase);
        AssertAccepted(log.Keys);
        foreach (var (address, state) in ledger)
        {
            var expected = state switch
            {
                RecipientState.Sent => ("sent", "OK"),
                RecipientState.Failed => ("could_not_be_sent", "HARD"),
                _ => ("could_not_be_sent", ""),
            };
            Assert.Equal(expected, (log[address]["sendingStatus"], log[address]["deliveryStatus"]));
        }

        Assert.Equal(
            ledger.Where(entry => entry.Value == RecipientState.Failed).Select(entry => entry.Key).Order(StringComparer.Ordinal),
            export.Rows("responses").Select(row => row["userId"]).Order(StringComparer.Ordinal));
        Assert.NotEmpty(Assert.Single(export.Rows("mailings"))["finished"]);
    }

    private static void AssertAccepted(IEnumerable<string> addresses) => Assert.Equal(
        Enumerable.Range(0, Rows).Where(i => !Malformed(i)).Select(Address).Order(StringComparer.Ordinal), addresses.Order(StringComparer.Ordinal));

    private static string Row(int index) => Installation.Row(Malformed(index) ? $"nobody.{index}" : Address(index));

    private static string Address(int index) => $"{(index % 100 == 37 ? "hard" : index % 300 == 150 ? "slow" : "reader")}.{index}@example.org";

    private static bool Refused(string address) => address.StartsWith("hard.", StringComparison.Ordinal);

    private static bool Malformed(int index) => index % 500 == 499;

    /// <summary>Cheap enough to look every few milliseconds.</summary>
    private static long SinkLines(Books books)
    {
        if (!File.Exists(books.SinkLedgerPath)) return 0;
        using var ledger = new FileStream(books.SinkLedgerPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[ledger.Length];
        return bytes.AsSpan(0, ledger.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)).Count((byte)'\n');
    }
}
