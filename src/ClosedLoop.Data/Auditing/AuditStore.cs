using ClosedLoop.Model;

namespace ClosedLoop.Data.Auditing;

/// <summary>Who did what. Rows are added and never changed, but that an erased person is named by keyed hash from then on.</summary>
public sealed class AuditStore(Database database, LedgerWriter writer, TimeProvider time)
{
    private const string Columns = "audit_id, occurred_at, actor, origin, action, subject, client_id, done, answer, reason, before, after, request_id";

    public Task AddAsync(AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var now = time.NowMicroseconds();
        return writer.WriteAsync(context =>
        {
            context.Execute(
                """
                INSERT INTO audit (occurred_at, actor, origin, action, subject, client_id, done, answer, reason, before, after, request_id)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
                """,
                now, entry.Actor, entry.Origin, entry.Action, entry.Subject, entry.ClientId, entry.Done ? 1 : 0, entry.Answer, entry.Reason, entry.Before, entry.After, entry.RequestId);
        });
    }

    /// <summary>Newest first, those before a number.</summary>
    public IReadOnlyList<AuditEntry> Before(long auditId, int limit) => Query($"SELECT {Columns} FROM audit WHERE audit_id < $1 ORDER BY audit_id DESC LIMIT $2", auditId, limit);

    /// <summary>What was done to one thing, newest first.</summary>
    public IReadOnlyList<AuditEntry> Of(string subject, int limit) => Query($"SELECT {Columns} FROM audit WHERE subject = $1 ORDER BY audit_id DESC LIMIT $2", subject, limit);

    private List<AuditEntry> Query(string sql, params ReadOnlySpan<object?> arguments)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, sql);
        using var reader = statement.Query(arguments);
        var entries = new List<AuditEntry>();
        while (reader.Read())
        {
            entries.Add(new AuditEntry
            {
                Id = reader.GetInt64(0),
                At = reader.GetInt64(1),
                Actor = reader.GetString(2),
                Origin = reader.GetString(3),
                Action = reader.GetString(4),
                Subject = reader.GetString(5),
                ClientId = reader.IsDBNull(6) ? null : reader.GetInt64(6),
                Done = reader.GetInt64(7) != 0,
                Answer = reader.GetString(8),
                Reason = Text(9),
                Before = Text(10),
                After = Text(11),
                RequestId = Text(12),
            });
        }

        return entries;

        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
    }
}
