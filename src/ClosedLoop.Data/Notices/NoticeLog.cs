using System.Data.Common;

namespace ClosedLoop.Data.Notices;

/// <summary>Reads the outbox of mail to people, for looking at.</summary>
public sealed class NoticeLog(Database database)
{
    private const string Columns = "notice_id, cause, client_id, address, subject, state, attempt, created_at, reason";

    /// <summary>Newest first, those with a lower number; of one client when asked for.</summary>
    public IReadOnlyList<NoticeLine> Before(long before, int limit, long? clientId) => Query(
        $"SELECT {Columns} FROM notice WHERE notice_id < $1 AND ($2 = 0 OR client_id = $2) ORDER BY notice_id DESC LIMIT $3", before, clientId ?? 0, limit);

    /// <summary>Everything that was written for one cause.</summary>
    public IReadOnlyList<NoticeLine> Of(string cause) => Query($"SELECT {Columns} FROM notice WHERE cause = $1 ORDER BY notice_id", cause);

    private List<NoticeLine> Query(string sql, params ReadOnlySpan<object?> arguments)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, sql);
        using DbDataReader reader = statement.Query(arguments);
        var lines = new List<NoticeLine>();
        while (reader.Read())
        {
            lines.Add(new NoticeLine(
                reader.GetInt64(0), reader.GetString(1), reader.GetInt64(2), reader.GetString(3), reader.GetString(4), (NoticeState)reader.GetInt32(5), reader.GetInt32(6), reader.GetInt64(7),
                reader.IsDBNull(8) ? null : reader.GetString(8)));
        }

        return lines;
    }
}
