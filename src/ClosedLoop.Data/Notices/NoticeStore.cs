using ClosedLoop.Model;

namespace ClosedLoop.Data.Notices;

/// <summary>Outbox of mail to people: what is in it survives a restart and goes out until it is taken or given up.</summary>
public sealed class NoticeStore(Database database, LedgerWriter writer, TimeProvider time)
{
    /// <summary>Puts a notice into the outbox in the caller's transaction; a cause that was told already is not told again.</summary>
    public static void Add(WriteContext context, NewNotice notice, long now)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(notice);
        foreach (var address in notice.Addresses)
        {
            context.Execute(
                """
                INSERT INTO notice (cause, client_id, address, subject, body, created_at, due_at, recorded) VALUES ($1, $2, $3, $4, $5, $6, $6, $7)
                ON CONFLICT (cause, address) DO NOTHING
                """, notice.Cause, notice.ClientId, address, notice.Subject, notice.Body, now, context.Stamp);
        }
    }

    public Task AddAsync(NewNotice notice)
    {
        var now = time.NowMicroseconds();
        return writer.WriteAsync(context => Add(context, notice, now));
    }

    /// <summary>Notices whose time has come, oldest first.</summary>
    public IReadOnlyList<DueNotice> Due(int limit)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection,
            "SELECT notice_id, client_id, address, subject, body, attempt, created_at FROM notice WHERE state = 0 AND due_at <= $1 ORDER BY notice_id LIMIT $2");
        using var reader = statement.Query(time.NowMicroseconds(), limit);
        var notices = new List<DueNotice>();
        while (reader.Read())
        {
            notices.Add(new DueNotice(reader.GetInt64(0), reader.GetInt64(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetInt32(5), reader.GetInt64(6)));
        }

        return notices;
    }

    public Task SentAsync(long noticeId) => writer.WriteAsync(context =>
        context.Execute("UPDATE notice SET state = 1, attempt = attempt + 1, reason = NULL, recorded = $2 WHERE notice_id = $1", noticeId, context.Stamp));

    /// <summary>Tries again later.</summary>
    public Task DeferAsync(long noticeId, long dueAt, string reason) => writer.WriteAsync(context =>
        context.Execute("UPDATE notice SET attempt = attempt + 1, due_at = $2, reason = $3, recorded = $4 WHERE notice_id = $1 AND state = 0", noticeId, dueAt, reason, context.Stamp));

    /// <summary>Never tries again.</summary>
    public Task GiveUpAsync(long noticeId, string reason) => writer.WriteAsync(context =>
        context.Execute("UPDATE notice SET state = 2, attempt = attempt + 1, reason = $2, recorded = $3 WHERE notice_id = $1 AND state = 0", noticeId, reason, context.Stamp));
}
