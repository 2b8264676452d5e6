using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Notices;
using ClosedLoop.Model;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Data.Content;

/// <summary>Which run a mailing is in, and the end of one whose content cannot be had.</summary>
public sealed class DispatchRunStore(Database database, LedgerWriter writer, TimeProvider time)
{
    /// <summary>Number of the run; each start and each resume begins another.</summary>
    public long RunOf(long mailingId)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT run FROM mailing WHERE mailing_id = $1");
        return statement.Scalar(mailingId);
    }

    /// <summary>Pauses the mailing while it is in that run, and tells people of it in the same transaction; <c>false</c> when it is not in it any more.</summary>
    public Task<bool> PauseAsync(long mailingId, long run, NewNotice notice)
    {
        var now = time.NowMicroseconds();
        return writer.WriteAsync(context =>
        {
            if (context.Scalar("SELECT run FROM mailing WHERE mailing_id = $1", mailingId) != run
                || !MailingStore.Move(context, mailingId, MailingState.Paused, now, MailingState.Sending)) return false;
            NoticeStore.Add(context, notice, now);
            return true;
        });
    }
}
