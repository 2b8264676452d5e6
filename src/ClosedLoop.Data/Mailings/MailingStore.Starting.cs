using ClosedLoop.Model;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Data.Mailings;

/// <summary>When a mailing may start (closed-loop spec section 7).</summary>
public sealed partial class MailingStore
{
    /// <summary>
    /// Whether another copy of the source goes first: one that is being sent, one that stands still amidst its sending, or one whose time has
    /// come and whose id is lower. A copy whose time has not come holds up nobody.
    /// </summary>
    private const string BusySql =
        """
        SELECT COUNT(*) FROM mailing WHERE source_id = $1 AND mailing_id <> $2 AND mode = 0 AND (state = 3
            OR (state = 4 AND (started_at IS NOT NULL OR mailing_id < $2) AND (start_at IS NULL OR start_at <= $3))
            OR (state = 2 AND mailing_id < $2 AND (start_at IS NULL OR start_at <= $3)))
        """;

    /// <summary>Gives a mailing that has not been told to start its time; <c>null</c> starts at once. Later ones leave it alone.</summary>
    public static void Schedule(WriteContext context, long mailingId, long? startAt)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Execute("UPDATE mailing SET start_at = $2 WHERE mailing_id = $1 AND state = 1", mailingId, startAt);
    }

    /// <summary>
    /// Queued → sending, when the mailing's time has come and, with <paramref name="serialize"/>, no other copy of its source goes first. Decided in the
    /// transaction that moves it: two copies that look at the same moment do not both start.
    /// </summary>
    /// <returns><c>false</c> when it has to wait on, or is not queued.</returns>
    public async Task<bool> TryBeginAsync(MailingRow mailing, bool serialize)
    {
        ArgumentNullException.ThrowIfNull(mailing);
        serialize &= mailing.Mode == MailingMode.Copy;
        var now = time.NowMicroseconds();
        if (mailing.StartAt > now || (serialize && SourceIsBusy(mailing, now))) return false;
        return await writer.WriteAsync(context =>
            (!serialize || context.Scalar(BusySql, mailing.SourceId, mailing.MailingId, now) == 0)
            && Move(context, mailing.MailingId, MailingState.Sending, now, MailingState.Queued)).ConfigureAwait(false);
    }

    // Asked every second by everybody who waits: a look must not cost a commit.
    private bool SourceIsBusy(MailingRow mailing, long now)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, BusySql);
        return statement.Scalar(mailing.SourceId, mailing.MailingId, now) > 0;
    }
}
