using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;
using Xunit.Abstractions;

namespace ClosedLoop.Data.Tests.Ledger;

public class LedgerWalkTests(ITestOutputHelper output)
{
    private const int Recipients = 60;

    /// <summary>Any operations in any order, also repeated and out of place: accepted = sum over the states, and what is decided stays.</summary>
    [Theory, OnSqlite, OnPostgres]
    public async Task Counts_add_up_after_every_step_of_a_random_walk(DatabaseKind kind)
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var test = new TestDatabase(kind);
        for (var walk = 0; walk < 4; walk++)
        {
            var row = await test.ImportAndStartAsync(Recipients);
            long decided = 0;
            for (var step = 0; step < 80; step++)
            {
                await StepAsync(test, row, random);
                var counts = test.Ledger.Count(row.MailingId);
                Assert.Equal(row.Accepted, counts.Total);
                Assert.True(counts.Total - counts.Open >= decided, "an outcome was taken back");
                decided = counts.Total - counts.Open;
                var mailing = test.Mailings.Find(row.MailingId)!;
                if (mailing.State == MailingState.Finished) Assert.Equal(0, counts.Open);
                if (mailing.State == MailingState.Cancelled) Assert.Equal(0, counts.Waiting);
            }
        }
    }

    private static async Task StepAsync(TestDatabase test, MailingRow row, Random random)
    {
        switch (random.Next(10))
        {
            case 0 or 1 or 2:
                await test.Ledger.ClaimAsync(row.MailingId, [.. Enumerable.Range(0, 8).Select(_ => random.Next(Recipients))]);
                break;
            case 3 or 4 or 5:
                RecipientState[] states = [RecipientState.Waiting, RecipientState.Sent, RecipientState.Failed, RecipientState.Suppressed, RecipientState.Unknown];
                await test.Ledger.RecordAsync([.. Enumerable.Range(0, 8).Select(_ => test.Outcome(row, random.Next(Recipients), states[random.Next(states.Length)]))]);
                break;
            case 6:
                await test.Ledger.TakeAsync(row.MailingId, 0, Recipients / 2, random.Next(2) == 0 ? UnknownPolicy.Hold : UnknownPolicy.Resend);
                break;
            case 7:
                await test.Mailings.MoveAsync(row.MailingId, MailingState.Paused, MailingState.Sending);
                await test.Mailings.TryFinishAsync(row.MailingId);
                break;
            case 8:
                await test.Mailings.MoveAsync(row.MailingId, MailingState.Sending, MailingState.Paused);
                await test.Mailings.TryFinishAsync(row.MailingId);
                break;
            default:
                if (random.Next(8) > 0) break;
                await test.Writer.WriteAsync(context =>
                {
                    if (MailingStore.Move(context, row.MailingId, MailingState.Cancelled, test.Now, MailingState.Sending, MailingState.Paused))
                        RecipientLedger.CancelWaiting(context, row.MailingId, test.Now);
                });
                break;
        }
    }
}
