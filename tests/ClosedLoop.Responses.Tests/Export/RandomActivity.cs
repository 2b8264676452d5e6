using ClosedLoop.Data.Mailings;
using ClosedLoop.Model;
using ClosedLoop.Model.Events;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Model.Responses;

namespace ClosedLoop.Responses.Tests.Export;

/// <summary>Histories by chance: mailings are sent, finish, are cancelled, and whoever may have got mail clicks, opens, answers and unsubscribes, some of it told late.</summary>
internal static class RandomActivity
{
    private const int People = 12;

    public static async Task StepAsync(ResponseDatabase data, List<MailingRow> mailings, Random random)
    {
        if (mailings.Count == 0 || random.Next(20) == 0)
            mailings.Add(await data.StartAsync([.. Enumerable.Range(0, People).Select(i => $"p{i}@x.org")]));
        var mailing = mailings[random.Next(mailings.Count)];
        var sequence = random.Next(People);
        var reached = data.Scalar($"SELECT state FROM ledger WHERE mailing_id = {mailing.MailingId} AND sequence = {sequence}") is 1 or 2 or 5;
        switch (random.Next(8))
        {
            case 0 or 1 or 2:
                if (data.Scalar($"SELECT state FROM ledger WHERE mailing_id = {mailing.MailingId} AND sequence = {sequence}") != 0) break;
                if (data.Scalar($"SELECT state FROM mailing WHERE mailing_id = {mailing.MailingId}") != 3) break;
                RecipientState[] states = [RecipientState.Sent, RecipientState.Sent, RecipientState.Failed, RecipientState.Unknown, RecipientState.Suppressed];
                var state = states[random.Next(states.Length)];
                await data.SettleAsync(mailing, sequence, state, state == RecipientState.Failed ? ResponseCategory.FatalBounce : null);
                break;
            case 3 when reached:
                await data.TrackAsync(TrackedEventKind.Click, mailing, sequence, 1, lateBy: Late(data, mailing, random));
                break;
            case 4 when reached:
                await data.TrackAsync(TrackedEventKind.Open, mailing, sequence, flags: random.Next(2) == 0 ? TrackedEventFlags.Automatic : TrackedEventFlags.None, lateBy: Late(data, mailing, random));
                break;
            case 5 when reached:
                await data.TrackAsync(TrackedEventKind.Unsubscribe, mailing, sequence);
                break;
            case 6 when reached:
                await data.RespondAsync(mailing, sequence, (ResponseCategory)random.Next(5));
                break;
            case 7 when random.Next(3) == 0:
                if (random.Next(6) == 0) await data.CancelAsync(mailing);
                else await data.FinishAsync(mailing);
                break;
        }
    }

    /// <summary>How long an event waited to be recorded: any time since the mailing started.</summary>
    private static TimeSpan Late(ResponseDatabase data, MailingRow mailing, Random random)
    {
        if (random.Next(3) != 0) return TimeSpan.Zero;
        var since = data.Clock.NowMicroseconds() - data.Scalar($"SELECT started_at FROM mailing WHERE mailing_id = {mailing.MailingId}");
        return TimeSpan.FromMicroseconds(random.NextInt64(since + 1));
    }
}
