using ClosedLoop.Data.Ledger;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Responses.Tests.Inbound;

internal static class InboundTestExtensions
{
    /// <summary>Sends a further mailing to an address and has it accepted, as a batch would.</summary>
    public static async Task DeliverAsync(this InboundTest test, string address)
    {
        var mailing = await test.Data.StartAsync(address);
        var ledger = new RecipientLedger(test.Data.Database, test.Data.Writer, test.Data.Clock);
        var due = Assert.Single(ledger.ReadDue(mailing.MailingId, ResponseDatabase.ClientId, 0, 1, test.Data.Clock.NowMicroseconds(), 10, new BounceSettings()));
        await ledger.ClaimAsync(mailing.MailingId, [0]);
        await ledger.RecordAsync([new SendOutcome
        {
            MailingId = mailing.MailingId, ClientId = ResponseDatabase.ClientId, Sequence = 0, Address = address, State = RecipientState.Sent,
            DoneAt = test.Data.Clock.NowMicroseconds(), HasSoftBounces = due.HasSoftBounces,
        }]);
    }
}
