using ClosedLoop.Model.Recipients;
using ClosedLoop.Scenarios.Support;

namespace ClosedLoop.Scenarios;

/// <summary>TERM while mail is going out: what is on the wire is finished and recorded, nobody is left in doubt.</summary>
public sealed class GracefulStop
{
    private const int Recipients = 300;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nobody_is_left_in_doubt_and_the_next_start_finishes(bool embeddedSink)
    {
        using var installation = await Installation.CreateAsync(embeddedSink);
        await using var sink = embeddedSink ? null : await SinkProcess.StartAsync(installation);
        await using var silo = await SiloProcess.StartAsync(installation);
        var books = installation.Books;

        // The sixth group of eight takes four seconds at the sink: the stop comes within it and must give it that time.
        var file = installation.Drop(Enumerable.Range(0, Recipients).Select(i => Installation.Row(IsSlow(i) ? $"slow.{i}@example.org" : $"reader.{i}@example.org")));
        await Eventually.ThatAsync("mail on its way", () => books.Sink().Count > 40, silo);

        var exitCode = await silo.TerminateAsync();

        Assert.True(exitCode == 0, silo.Story);
        Assert.NotEqual(0, books.CountState(RecipientState.Waiting));
        Assert.All(Enumerable.Range(0, Recipients).Where(IsSlow), i => Assert.Equal(RecipientState.Sent, books.Ledger(file)[$"slow.{i}@example.org"]));
        Assert.Equal(0, books.CountState(RecipientState.Sending));
        Assert.Equal(0, books.CountState(RecipientState.Unknown));
        Assert.Equal(books.Sink().Count, books.CountState(RecipientState.Sent));

        await using var next = await SiloProcess.StartAsync(installation);
        await Eventually.ThatAsync("end of the mailing", () => books.IsFinished(file), next);
        var ledger = books.AssertBalance(file, Recipients);
        Assert.All(ledger.Values, state => Assert.Equal(RecipientState.Sent, state));
        var mail = books.SinkByAddress();
        Assert.All(ledger.Keys, address => Assert.Single(mail[address]));
        Assert.Equal(Recipients, books.Sink().Count);
        Assert.Equal(0, await next.TerminateAsync());
        if (sink is not null) Assert.Equal(0, await sink.TerminateAsync());
    }

    private static bool IsSlow(int index) => index is >= 44 and < 48;
}
