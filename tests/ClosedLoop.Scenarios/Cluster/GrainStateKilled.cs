using System.Globalization;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Model.Testing;
using ClosedLoop.Scenarios.Support;
using ClosedLoop.Testing.Servers;
using Xunit.Abstractions;

namespace ClosedLoop.Scenarios.Cluster;

/// <summary>A silo of Orleans dies at the write of a grain's state: before the statement, and after it while the grain does not know.</summary>
[Collection(AloneCollection.Name)]
public sealed class GrainStateKilled(ITestOutputHelper output)
{
    private const int Rows = 2_000;
    private const int Window = 64;

    [PostgresTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Nobody_is_lost_and_nobody_gets_two(int nth)
    {
        using var installation = await Installation.CreateAsync(embeddedSink: false, server: await PostgresServer.SharedAsync());
        await using var sink = await SinkProcess.StartAsync(installation, "--reply-delay", "50");
        var settings = new[] { FormattableString.Invariant($"Cluster:SiloPort={Ports.Free()}") };
        installation.Environment[KillSwitch.Variable] = string.Create(CultureInfo.InvariantCulture, $"{nameof(KillPoint.GrainStateWrite)}:{nth}");

        // The first writes come with the start: the client's folder looks after itself.
        await using var doomed = SiloProcess.Launch(installation, settings);
        installation.Environment.Remove(KillSwitch.Variable);
        var file = installation.Drop(Enumerable.Range(0, Rows).Select(i => Installation.Row(string.Create(CultureInfo.InvariantCulture, $"reader.{i}@example.org"))));
        await Eventually.ThatAsync("mail on its way", () => doomed.HasEnded || installation.Books.Sink().Count > 20, sink);

        // Both are decisions of the mailing's grain, which writes its state.
        await PauseAndResumeAsync(installation, () => doomed);
        await Eventually.ThatAsync("death", () => doomed.HasEnded, sink);

        await using var next = await SiloProcess.StartAsync(installation, settings);
        await PauseAndResumeAsync(installation, () => next);
        await Eventually.ThatAsync("end of the mailing", () => installation.Books.IsFinished(file), next, sink);
        var ledger = installation.Books.AssertBalance(file, Rows);
        var mail = installation.Books.SinkByAddress();
        Assert.All(mail, messages => Assert.True(messages.Count() == 1, $"{messages.Key} has {messages.Count()} messages"));
        Assert.All(ledger, entry => Assert.True(entry.Value == RecipientState.Unknown || (entry.Value == RecipientState.Sent && mail.Contains(entry.Key)), $"{entry.Key} is {entry.Value}"));
        var unknown = ledger.Values.Count(state => state == RecipientState.Unknown);
        output.WriteLine($"write {nth}: 0 lost, 0 repeated, {unknown} in doubt");
        Assert.InRange(unknown, 0, Window);
    }

    private static async Task PauseAndResumeAsync(Installation installation, Func<SiloProcess> silo)
    {
        var mailing = installation.Books.Scalar("SELECT MAX(mailing_id) FROM mailing");
        MailingState State() => (MailingState)installation.Books.Scalar("SELECT state FROM mailing WHERE mailing_id = $1", mailing);
        await Eventually.ThatAsync("pause", async () => silo().HasEnded || State() is not (MailingState.Queued or MailingState.Sending) || await AskAsync(silo(), mailing, "pause"));
        await Eventually.ThatAsync("resumption", async () => silo().HasEnded || State() != MailingState.Paused || await AskAsync(silo(), mailing, "resume"));
    }

    /// <returns>Always <c>false</c>: what became of it is looked up, through a death too.</returns>
    private static async Task<bool> AskAsync(SiloProcess silo, long mailing, string what)
    {
        try
        {
            using var response = await silo.SendAsync(HttpMethod.Post, FormattableString.Invariant($"/api/v1/mailings/{mailing}/{what}"));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException or ObjectDisposedException)
        {
            await Task.Delay(20);
        }

        return false;
    }
}
