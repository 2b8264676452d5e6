using ClosedLoop.Data.Channels;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Responses.Tests.Export;

public class SettledDoubtTests
{
    [Fact]
    public async Task A_doubt_that_a_receipt_ends_is_a_change_of_its_day_and_of_no_day_before()
    {
        await using var test = await ExportTest.CreateAsync(settings => settings with { Recipients = ExportRecipients.Changed });
        var data = test.Data;
        var mailing = await data.At("2026-03-02 10:00:00").StartAsync("+491510000001", "+491510000002");
        await data.Execute("UPDATE mailing SET channel = 1");
        await data.SettleAsync(mailing, 0, RecipientState.Sent);
        await data.ClaimAsync(mailing, 1);
        await new Data.Ledger.RecipientLedger(data.Database, data.Writer, data.Clock).TakeAsync(mailing.MailingId, 0, 1000, UnknownPolicy.Hold);
        await data.FinishAsync(mailing);
        var first = await data.RunAt(test, "2026-03-03 02:00:00");
        await ReportAsync(data.At("2026-03-03 07:00:00"), mailing);
        var settled = await data.RunAt(test, "2026-03-04 02:00:00");
        var quiet = await data.RunAt(test, "2026-03-05 02:00:00");

        Assert.Equal([["+491510000001", "sent"], ["+491510000002", "could_not_be_sent"]], test.Rows("20260303", "mailingrecipients").Select(row => new[] { row[3], row[5] }).OrderBy(row => row[0], StringComparer.Ordinal));
        Assert.Equal(new[] { "+491510000002", "2026-03-03 07:00:00", "sent", "OK", null }, Assert.Single(test.Rows("20260304", "mailingrecipients"))[3..]);
        Assert.Empty(test.Rows("20260305", "mailingrecipients"));
        foreach (var run in new[] { first, settled, quiet }) await test.AssertRebuildsIdenticalAsync(run.RunId);
    }

    private static Task<ReceiptCounts> ReportAsync(ResponseDatabase data, MailingRow mailing) => new ReceiptStore(data.Database, data.Writer, data.Clock).AddAsync(new ChannelReceipt
    {
        ClientId = ResponseDatabase.ClientId,
        Provider = "shop/sms-twilio",
        ProviderId = "SM1",
        State = ReceiptState.Delivered,
        Reference = MessageReferences.Of(mailing.MailingId, 1, 0, 1),
        OccurredAt = Model.Instants.ToMicroseconds(data.Clock.Now),
    });
}
