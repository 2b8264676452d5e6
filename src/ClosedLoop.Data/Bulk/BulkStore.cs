using System.Data.Common;
using ClosedLoop.Model;

namespace ClosedLoop.Data.Bulk;

/// <summary>Jobs of actions on many things at once. Each thing is taken before it is acted on, so that none is acted on twice, whoever goes on with a job.</summary>
public sealed class BulkStore(Database database, LedgerWriter writer, TimeProvider time)
{
    private const string Columns = "job_id, kind, client, actor, origin, scope, reason, total, state, undo_of, created_at, finished_at";
    private const long KeptFor = 30 * 86_400_000_000L;

    /// <summary>Stores a job with everything it is about, and removes jobs that ended thirty days ago.</summary>
    /// <returns>Its number.</returns>
    public Task<long> AddAsync(BulkJob job, IReadOnlyList<string> subjects)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(subjects);
        var now = time.NowMicroseconds();
        return writer.WriteAsync(context =>
        {
            context.Execute("DELETE FROM bulk_item WHERE job_id IN (SELECT job_id FROM bulk_job WHERE finished_at < $1)", now - KeptFor);
            context.Execute("DELETE FROM bulk_job WHERE finished_at < $1", now - KeptFor);
            var id = context.Scalar(
                "INSERT INTO bulk_job (kind, client, actor, origin, scope, reason, total, state, undo_of, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9) RETURNING job_id",
                job.Kind, job.Client, job.Actor, job.Origin, job.Scope, job.Reason, (long)subjects.Count, job.UndoOf, now);
            for (var i = 0; i < subjects.Count; i++) context.Execute("INSERT INTO bulk_item (job_id, position, subject, outcome) VALUES ($1, $2, $3, 0)", id, i + 1L, subjects[i]);
            return id;
        });
    }

    public BulkJob? Find(long id) => Query($"SELECT {Columns} FROM bulk_job WHERE job_id = $1", id).FirstOrDefault();

    /// <summary>Newest first, those before a number.</summary>
    public IReadOnlyList<BulkJob> Before(long id, int limit) => Query($"SELECT {Columns} FROM bulk_job WHERE job_id < $1 ORDER BY job_id DESC LIMIT $2", id, limit);

    /// <summary>Jobs that have not ended, oldest first.</summary>
    public IReadOnlyList<BulkJob> Running() => Query($"SELECT {Columns} FROM bulk_job WHERE state = 0 ORDER BY job_id");

    /// <summary>The job that takes one back; <c>null</c> when there is none.</summary>
    public BulkJob? UndoOf(long id) => Query($"SELECT {Columns} FROM bulk_job WHERE undo_of = $1", id).FirstOrDefault();

    /// <summary>How many things came to which outcome.</summary>
    public IReadOnlyDictionary<BulkOutcome, long> Counts(long id)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT outcome, COUNT(*) FROM bulk_item WHERE job_id = $1 GROUP BY outcome");
        using var reader = statement.Query(id);
        var counts = new Dictionary<BulkOutcome, long>();
        while (reader.Read()) counts[(BulkOutcome)reader.GetInt32(0)] = reader.GetInt64(1);
        return counts;
    }

    /// <summary>Things of a job with one of two outcomes, in order.</summary>
    public IReadOnlyList<BulkItem> Items(long id, BulkOutcome one, BulkOutcome other, long after, int limit)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT position, subject, outcome, answer FROM bulk_item WHERE job_id = $1 AND outcome IN ($2, $3) AND position > $4 ORDER BY position LIMIT $5");
        using var reader = statement.Query(id, (long)one, (long)other, after, limit);
        var items = new List<BulkItem>();
        while (reader.Read()) items.Add(new BulkItem(reader.GetInt64(0), reader.GetString(1), (BulkOutcome)reader.GetInt32(2), reader.IsDBNull(3) ? null : reader.GetString(3)));
        return items;
    }

    /// <summary>Takes a thing to act on it.</summary>
    /// <returns><c>false</c> when somebody else has it, or the job was stopped.</returns>
    public Task<bool> TakeAsync(long id, long position) => writer.WriteAsync(context => context.Execute(
        "UPDATE bulk_item SET outcome = 1 WHERE job_id = $1 AND position = $2 AND outcome = 0 AND EXISTS (SELECT 1 FROM bulk_job WHERE job_id = $1 AND state = 0)", id, position) == 1);

    public Task EndAsync(long id, long position, BulkOutcome outcome, string answer) => writer.WriteAsync(context =>
    {
        context.Execute("UPDATE bulk_item SET outcome = $3, answer = $4 WHERE job_id = $1 AND position = $2", id, position, (long)outcome, answer);
    });

    /// <summary>Ends a job that runs.</summary>
    /// <returns><c>false</c> when it had ended.</returns>
    public Task<bool> CloseAsync(long id, BulkState state)
    {
        var now = time.NowMicroseconds();
        return writer.WriteAsync(context => context.Execute("UPDATE bulk_job SET state = $2, finished_at = $3 WHERE job_id = $1 AND state = 0", id, (long)state, now) == 1);
    }

    private List<BulkJob> Query(string sql, params ReadOnlySpan<object?> arguments)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, sql);
        using DbDataReader reader = statement.Query(arguments);
        var jobs = new List<BulkJob>();
        while (reader.Read())
        {
            jobs.Add(new BulkJob
            {
                Id = reader.GetInt64(0),
                Kind = reader.GetString(1),
                Client = reader.IsDBNull(2) ? null : reader.GetString(2),
                Actor = reader.GetString(3),
                Origin = reader.GetString(4),
                Scope = Number(5),
                Reason = reader.GetString(6),
                Total = reader.GetInt64(7),
                State = (BulkState)reader.GetInt32(8),
                UndoOf = Number(9),
                CreatedAt = reader.GetInt64(10),
                FinishedAt = Number(11),
            });
        }

        return jobs;

        long? Number(int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);
    }
}
