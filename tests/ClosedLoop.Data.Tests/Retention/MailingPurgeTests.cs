using ClosedLoop.Data.Events;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Resend;
using ClosedLoop.Data.Retention;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Events;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Model.Responses;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClosedLoop.Data.Tests.Retention;

public sealed class MailingPurgeTests : OneDatabaseTests
{
    private long _spooled;

    [Theory, OnSqlite, OnPostgres]
    public async Task What_is_known_of_recipients_goes_and_the_sums_stay(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        var mailing = await FinishedAsync(5);
        var kept = await FinishedAsync(1);
        await TrackAsync(TrackedEventKind.Click, mailing, 1);
        await TrackAsync(TrackedEventKind.Click, kept, 0);
        await RespondAsync(mailing, 2, ResponseCategory.Bounce);
        await Test.Writer.WriteAsync(context => context.Execute(
            "INSERT INTO recipient_content (mailing_id, sequence, field, url, sha256, shape) VALUES ($1, 1, 0, 'https://x.example/anna', '', 1)", mailing.MailingId));
        var before = Test.Ledger.Count(mailing.MailingId);

        Assert.True(await Purge.RemoveAsync(mailing.MailingId, CancellationToken.None));

        Assert.Equal(before, Test.Ledger.Count(mailing.MailingId));
        foreach (var table in new[] { "recipient", "recipient_content", "ledger", "ledger_past", "response", "event" })
            Assert.Equal(0, Test.Scalar($"SELECT COUNT(*) FROM {table} WHERE mailing_id = $1", mailing.MailingId));
        Assert.Equal(1, Test.Ledger.Count(kept.MailingId).Sent);
        Assert.Equal(1, Test.Scalar("SELECT COUNT(*) FROM event"));
        Assert.NotNull(Test.Mailings.Find(mailing.MailingId)!.PurgedAt);
        Assert.Equal(1, Test.Scalar("SELECT COUNT(*) FROM bounce_counter"));
        Assert.Empty(Purge.Due(TestDatabase.ClientId, mailing.FinishedAt!.Value));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Due_is_what_ended_before_the_moment(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        var mailing = await FinishedAsync(1);
        var sending = await Test.ImportAndStartAsync(1);
        Assert.Empty(Purge.Due(TestDatabase.ClientId, mailing.FinishedAt!.Value));
        Assert.Equal([mailing.MailingId], Purge.Due(TestDatabase.ClientId, mailing.FinishedAt!.Value + 1));
        Assert.Empty(Purge.Due(7, long.MaxValue));
        Assert.False(await Purge.RemoveAsync(sending.MailingId, CancellationToken.None));
        Assert.Equal(1, Test.Ledger.Count(sending.MailingId).Waiting);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_removal_that_broke_off_is_found_again_and_ended(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        var rows = (MailingPurge.RowsPerTransaction * 2) + 7;
        var mailing = await Test.ImportAndStartAsync(rows);
        await Test.Writer.WriteAsync(context => context.Execute("UPDATE ledger SET state = 2, recorded = $1, done_at = $1", context.Stamp));
        Assert.True(await Test.Mailings.TryFinishAsync(mailing.MailingId));
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => Purge.RemoveAsync(mailing.MailingId, stop.Token));

        Assert.Equal(rows - MailingPurge.RowsPerTransaction, Test.Scalar("SELECT COUNT(*) FROM ledger"));
        Assert.Equal(rows, Test.Ledger.Count(mailing.MailingId).Sent);
        await Test.RestartAsync();
        Assert.Equal([mailing.MailingId], Purge.Due(TestDatabase.ClientId, 0));
        Assert.True(await Purge.RemoveAsync(mailing.MailingId, CancellationToken.None));
        Assert.Equal(0, Test.Scalar("SELECT COUNT(*) FROM ledger"));
        Assert.Equal(rows, Test.Ledger.Count(mailing.MailingId).Sent);
        Assert.Equal(rows, Test.Scalar("SELECT COUNT(*) FROM unsubscribe_stub"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task After_it_a_click_gives_no_row_and_an_unsubscribe_still_counts(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        var mailing = await FinishedAsync(3);
        await TrackAsync(TrackedEventKind.Unsubscribe, mailing, 2);
        await Purge.RemoveAsync(mailing.MailingId, CancellationToken.None);
        Assert.Equal(2, Test.Scalar("SELECT COUNT(*) FROM unsubscribe_stub"));

        Assert.Equal(new StoredEvents(0, 0, 0, 1, 0), await TrackAsync(TrackedEventKind.Click, mailing, 1));
        Assert.Equal(new StoredEvents(0, 0, 0, 1, 0), await TrackAsync(TrackedEventKind.Unsubscribe, mailing, 1));
        Assert.Equal(1, Test.Scalar("SELECT COUNT(*) FROM suppression WHERE address = 'r1@example.org' AND kind = 1"));
        Assert.Equal(0, Test.Scalar("SELECT COUNT(*) FROM event"));

        Assert.Equal([mailing.MailingId], Purge.StubsDue(TestDatabase.ClientId, long.MaxValue));
        await Purge.RemoveStubsAsync(mailing.MailingId, CancellationToken.None);
        Assert.Equal(0, Test.Scalar("SELECT COUNT(*) FROM unsubscribe_stub"));
        Assert.Equal(new StoredEvents(0, 0, 0, 1, 0), await TrackAsync(TrackedEventKind.Unsubscribe, mailing, 0));
        Assert.Equal(2, Test.Scalar("SELECT COUNT(*) FROM suppression"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_purged_mailing_is_not_opened_and_an_open_one_is_not_purged(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        var mailing = await FinishedAsync(1);
        await RespondAsync(mailing, 0, ResponseCategory.Bounce);
        var resends = new ResendStore(Test.Database, Test.Writer, new Blocklist(Test.Database, Test.Writer));
        var plan = resends.Plan(mailing, new ResendChoice(Soft: true, Unknown: false), new BounceSettings());
        await Purge.RemoveAsync(mailing.MailingId, CancellationToken.None);
        Assert.Equal(0, await resends.OpenAsync(mailing, plan));

        var other = await FinishedAsync(1);
        await RespondAsync(other, 0, ResponseCategory.Bounce);
        await resends.OpenAsync(other, resends.Plan(other, new ResendChoice(Soft: true, Unknown: false), new BounceSettings()));
        Assert.False(await Purge.RemoveAsync(other.MailingId, CancellationToken.None));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Frozen_content_goes_with_the_last_mailing_that_has_it(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        var content = new FrozenMailing
        {
            Source = new SourceMailing { Id = 7, ClientId = TestDatabase.ClientId, Name = "Spring", Subject = "Hello" },
            Sender = new SenderSettings { Address = "a@b.example" },
            List = Model.Lists.ListDefinition.Default,
        };
        var first = await FinishedAsync(1);
        var second = await FinishedAsync(1);
        foreach (var mailing in new[] { first, second }) await Test.Mailings.FreezeAsync(mailing.MailingId, content);
        await Purge.RemoveAsync(first.MailingId, CancellationToken.None);
        Assert.Equal(1, Test.Scalar("SELECT COUNT(*) FROM content"));
        await Purge.RemoveAsync(second.MailingId, CancellationToken.None);
        Assert.Equal(0, Test.Scalar("SELECT COUNT(*) FROM content"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Files_go_with_the_last_content_that_names_them_unless_a_definition_does(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        byte[][] files = [[1], [2]];
        var hashes = files.Select(file => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(file))).ToList();
        var defined = new SourceMailing { Id = 7, ClientId = TestDatabase.ClientId, Name = "x", Subject = "x", Attachments = [new() { File = File("kept.pdf", hashes[1]) }] };
        await new ClosedLoop.Data.Clients.DefinitionStore(Test.Database, Test.Writer).ApplyAsync(defined, [files[1]]);
        var (first, second) = (await FinishedAsync(1), await FinishedAsync(1));
        foreach (var mailing in new[] { first, second })
        {
            await Test.Mailings.FreezeAsync(mailing.MailingId, new FrozenMailing
            {
                Source = defined with { Subject = mailing.Name + mailing.MailingId },
                Sender = new SenderSettings { Address = "a@b.example" },
                List = Model.Lists.ListDefinition.Default,
                Attachments = [File("fetched.pdf", hashes[0])],
            }, files);
        }

        await Purge.RemoveAsync(first.MailingId, CancellationToken.None);
        Assert.Equal(2, Test.Scalar("SELECT COUNT(*) FROM file_content"));
        await Purge.RemoveAsync(second.MailingId, CancellationToken.None);
        Assert.Equal(1, Test.Scalar("SELECT COUNT(*) FROM file_content WHERE hash = '" + hashes[1] + "'"));
        Assert.Equal(1, Test.Scalar("SELECT COUNT(*) FROM file_content"));
    }

    private static FrozenFile File(string name, string hash) => new() { Name = name, MediaType = "application/pdf", Sha256 = hash, Size = 1 };

    private MailingPurge Purge => new(Test.Database, Test.Writer, Test.Mailings, Test.Clock);

    private async Task<MailingRow> FinishedAsync(int recipients)
    {
        var mailing = await Test.ImportAsync(recipients, fileId: ++_spooled + 100);
        await Test.Mailings.MoveAsync(mailing.MailingId, MailingState.Sending, MailingState.Prepared);
        for (var i = 0; i < recipients; i++)
        {
            await Test.Ledger.ClaimAsync(mailing.MailingId, [i]);
            await Test.Ledger.RecordAsync([Test.Outcome(mailing, i, RecipientState.Sent)]);
        }

        Assert.True(await Test.Mailings.TryFinishAsync(mailing.MailingId));
        return Test.Mailings.Find(mailing.MailingId)!;
    }

    private Task RespondAsync(MailingRow mailing, int sequence, ResponseCategory category) => Test.Writer.WriteAsync(context =>
        ResponseStore.Add(context, TestDatabase.ClientId, mailing.MailingId, sequence, $"r{sequence}@example.org", category, Test.Now, "mail", null));

    private Task<StoredEvents> TrackAsync(TrackedEventKind kind, MailingRow mailing, int sequence)
    {
        var spool = (++_spooled).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new EventStore(Test.Database, Test.Writer, NullLogger<EventStore>.Instance).StoreAsync(
            spool, default, new SpoolMark(1, 1), [new ResolvedEvent(new TrackedEvent(kind, mailing.MailingId, sequence, 0, Test.Now), "Firefox 128.0", "Windows 11", "Desktop")]);
    }
}
