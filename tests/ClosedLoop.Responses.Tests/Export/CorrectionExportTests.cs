using ClosedLoop.Data.Inbound;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Model.Responses;

namespace ClosedLoop.Responses.Tests.Export;

/// <summary>A response that an operator reads otherwise: files of earlier cut-offs stay as they were, the next say what holds.</summary>
public sealed class CorrectionExportTests
{
    [Fact]
    public async Task A_correction_is_in_the_next_files_and_in_no_earlier_one()
    {
        await using var test = await ExportTest.CreateAsync(settings => settings with { Recipients = ExportRecipients.Changed });
        var data = test.Data;
        var mailing = await data.At("2026-03-02 10:00:00").StartAsync("a@x.org", "b@x.org");
        for (var i = 0; i < 2; i++) await data.SettleAsync(mailing, i, RecipientState.Sent);
        await data.FinishAsync(mailing);
        for (var i = 0; i < 2; i++) await data.At("2026-03-02 11:00:00").RespondAsync(mailing, i, ResponseCategory.FatalBounce);
        var before = await data.RunAt(test, "2026-03-03 02:00:00");

        data.At("2026-03-03 09:00:00");
        Assert.Equal(CorrectionResult.Done, await ReadAsync(data, mailing, 0, "reply"));
        Assert.Equal(CorrectionResult.Done, await ReadAsync(data, mailing, 1, "nothing"));
        var after = await data.RunAt(test, "2026-03-04 02:00:00");
        var quiet = await data.RunAt(test, "2026-03-05 02:00:00");

        Assert.Equal(["HARD", "HARD"], test.Rows("20260303", "mailingrecipients").Select(row => row[6]));
        Assert.Equal([("a@x.org", "OK"), ("b@x.org", "OK")], test.Rows("20260304", "mailingrecipients").Select(row => (row[3]!, row[6]!)));
        Assert.Equal((2, 1, 0), (test.Rows("20260303", "responses").Count, test.Rows("20260304", "responses").Count, test.Rows("20260305", "responses").Count));
        Assert.Empty(test.Rows("20260305", "mailingrecipients"));
        foreach (var run in new[] { before, after, quiet }) await test.AssertRebuildsIdenticalAsync(run.RunId);
    }

    private static Task<CorrectionResult> ReadAsync(ResponseDatabase data, MailingRow mailing, int sequence, string meaning) =>
        new ResponseCorrections(data.Writer).ReclassifyAsync(new InboundStore(data.Database, data.Writer).FindTarget(mailing.MailingId, sequence)!, 0, ResponseMeaning.Names[meaning]);
}
