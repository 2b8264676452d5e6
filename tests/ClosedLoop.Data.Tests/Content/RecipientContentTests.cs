using ClosedLoop.Data.Content;
using ClosedLoop.Data.Notices;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Data.Tests.Content;

public sealed class RecipientContentTests
{
    private static readonly NewNotice Notice = new("mailing/1/content/1", TestDatabase.ClientId, ["ops@example.org"], "paused", "why");

    private static StoredContent Link(string target) => new(5, "https://cms.example/x", "00", HasHtml: true, HasText: false, target);

    [Theory, OnSqlite, OnPostgres]
    public async Task Content_is_stored_with_the_claim_and_with_no_other(DatabaseKind kind)
    {
        await using var test = new TestDatabase(kind);
        var mailing = await test.ImportAndStartAsync(3);
        var store = new RecipientContentStore(test.Database);
        var both = await test.Ledger.ClaimAsync(mailing.MailingId, [0, 1], [[Link("https://a.example/")], []]);
        Assert.Equal([true, true], both);
        var second = await test.Ledger.ClaimAsync(mailing.MailingId, [0, 2], [[Link("https://late.example/")], [Link("https://c.example/")]]);
        Assert.Equal([false, true], second);
        Assert.Equal([Link("https://a.example/")], store.Of(mailing.MailingId, 0));
        Assert.Empty(store.Of(mailing.MailingId, 1));
        Assert.Equal([Link("https://c.example/")], store.Of(mailing.MailingId, 2));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Each_start_and_resume_is_a_run_and_only_the_present_one_can_be_paused(DatabaseKind kind)
    {
        await using var test = new TestDatabase(kind);
        var mailing = await test.ImportAndStartAsync(1);
        var runs = new DispatchRunStore(test.Database, test.Writer, test.Clock);
        var first = runs.RunOf(mailing.MailingId);
        Assert.True(await runs.PauseAsync(mailing.MailingId, first, Notice));
        Assert.False(await runs.PauseAsync(mailing.MailingId, first, Notice));
        await test.Mailings.MoveAsync(mailing.MailingId, MailingState.Queued, MailingState.Paused);
        await test.Mailings.MoveAsync(mailing.MailingId, MailingState.Sending, MailingState.Queued);
        Assert.Equal(first + 1, runs.RunOf(mailing.MailingId));
        Assert.False(await runs.PauseAsync(mailing.MailingId, first, Notice));
        Assert.Equal(MailingState.Sending, test.Mailings.Find(mailing.MailingId)!.State);
        Assert.Equal(1, test.Scalar("SELECT COUNT(*) FROM notice"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_file_is_stored_once_and_one_that_changed_is_not_given_out(DatabaseKind kind)
    {
        await using var test = new TestDatabase(kind);
        await test.Writer.WriteAsync(context => FileContents.Add(context, ["one"u8.ToArray(), "one"u8.ToArray(), "two"u8.ToArray()]));
        Assert.Equal(2, test.Scalar("SELECT COUNT(*) FROM file_content"));
        var hash = FileContents.HashOf("one"u8);
        Assert.Equal("one"u8.ToArray(), FileContents.Read(test.Database, hash));
        await test.Writer.WriteAsync(context => context.Execute("UPDATE file_content SET body = $1 WHERE hash = $2", "six"u8.ToArray(), hash));
        Assert.Contains("CL2701", Assert.Throws<InvalidDataException>(() => FileContents.Read(test.Database, hash)).Message, StringComparison.Ordinal);
        Assert.Contains("CL2701", Assert.Throws<InvalidDataException>(() => FileContents.Read(test.Database, "none")).Message, StringComparison.Ordinal);
    }
}
