using System.Data.Common;
using ClosedLoop.Data.Ids;
using ClosedLoop.Model;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Data.Orders;

/// <summary>Operations of XML Delivery with their transitions and problems. Every change of one is one transaction.</summary>
public sealed partial class OperationStore(Database database, LedgerWriter writer, TimeProvider time)
{
    private const string Columns =
        """
        operation_id, client_id, account_version, configuration, name, xml_file, semaphores, host, status, sub_status, step, recovered, closed, begun_at, ended_at, modified_at,
        waits_since, upload_begun_at, upload_ended_at, chunk_at, rows_read, rows_added, rows_skipped, content_at, content_hash, content_text, report_to
        """;

    /// <summary>Claims a semaphore: of two who try, one gets it.</summary>
    /// <returns>Number of the operation; <c>null</c> when one of the name is not over.</returns>
    public Task<long?> ClaimAsync(NewOperation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var now = time.NowMicroseconds();
        return writer.WriteAsync<long?>(context =>
        {
            if (context.Scalar("SELECT COUNT(*) FROM operation WHERE client_id = $1 AND name = $2 AND closed = 0", operation.ClientId, operation.Name) > 0) return null;
            var id = IdSequence.Take(context, IdSequence.File);
            context.Execute(
                """
                INSERT INTO operation (operation_id, client_id, account_version, configuration, name, xml_file, semaphores, host, sub_status, begun_at, modified_at, recorded)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11)
                """,
                id, operation.ClientId, operation.AccountVersion, operation.Configuration, operation.Name, operation.XmlFile, string.Join('\n', operation.Semaphores), operation.Host,
                SubStatus.SemaphoreFound, now, context.Stamp);
            Transit(context, id, now, (SubStatus.SemaphoreFound, string.Join(", ", operation.Semaphores)));
            return id;
        });
    }

    /// <summary>Takes a claim back whose semaphore was gone: somebody else had it meanwhile.</summary>
    public Task ForgetAsync(long operationId) => writer.WriteAsync(context =>
    {
        context.Execute("DELETE FROM operation_transition WHERE operation_id = $1", operationId);
        context.Execute("DELETE FROM operation WHERE operation_id = $1 AND step = 0", operationId);
    });

    /// <summary>Records that a step is done, with its transitions and whatever belongs to it.</summary>
    public Task ReachAsync(long operationId, OperationStep step, IReadOnlyList<(string SubStatus, string Message)> transitions, Action<WriteContext, long>? more = null)
    {
        var now = time.NowMicroseconds();
        return writer.WriteAsync(context =>
        {
            context.Execute("UPDATE operation SET step = $2, modified_at = $3, recorded = $4 WHERE operation_id = $1 AND step < $2", operationId, (int)step, now, context.Stamp);
            Transit(context, operationId, now, [.. transitions]);
            more?.Invoke(context, now);
        });
    }

    /// <summary>Records transitions within a step.</summary>
    public Task TransitAsync(long operationId, IReadOnlyList<(string SubStatus, string Message)> transitions, Action<WriteContext, long>? more = null)
    {
        var now = time.NowMicroseconds();
        return writer.WriteAsync(context =>
        {
            Transit(context, operationId, now, [.. transitions]);
            more?.Invoke(context, now);
        });
    }

    /// <summary>One chunk of recipients is in; recorded with its rows.</summary>
    public static void Chunk(WriteContext context, long operationId, int count, long read, long added, long now)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Execute("UPDATE operation SET rows_read = $2, rows_added = $3, chunk_at = $4 WHERE operation_id = $1", operationId, read, added, now);
        Transit(context, operationId, now, (SubStatus.RecipientsAdded, FormattableString.Invariant($"{count} rows, {added} together")));
    }

    /// <summary>Adds problems; those that are there already are left alone, so that a repeated step says nothing twice.</summary>
    public Task AddProblemsAsync(long operationId, IReadOnlyList<OperationProblem> problems) => writer.WriteAsync(context =>
    {
        foreach (var problem in problems) AddProblem(context, operationId, problem);
    });

    /// <inheritdoc cref="AddProblemsAsync"/>
    public static void AddProblem(WriteContext context, long operationId, OperationProblem problem)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(problem);
        context.Execute(
            """
            INSERT INTO operation_problem (operation_id, ordinal, code, file, line, "column", message, occurred_at)
            SELECT $1, (SELECT COUNT(*) FROM operation_problem WHERE operation_id = $1), $2, $3, $4, $5, $6, $7
            WHERE NOT EXISTS (SELECT 1 FROM operation_problem WHERE operation_id = $1 AND code = $2 AND COALESCE(file, '') = COALESCE($3, '') AND line = $4 AND "column" = $5 AND message = $6)
            """, operationId, problem.Code, problem.File, problem.Line, problem.Column, problem.Message, problem.OccurredAt);
    }

    /// <summary>The operation has ended, one way or the other; feedback follows.</summary>
    public Task EndAsync(long operationId, OperationStatus status, (string SubStatus, string Message)? last, Action<WriteContext, long>? more = null)
    {
        var now = time.NowMicroseconds();
        return writer.WriteAsync(context =>
        {
            if (last is { } named) Transit(context, operationId, now, named);
            context.Execute("UPDATE operation_transition SET ended_at = $2 WHERE operation_id = $1 AND ended_at IS NULL", operationId, now);
            context.Execute("UPDATE operation SET status = $2, ended_at = $3, modified_at = $3, recorded = $4 WHERE operation_id = $1", operationId, (int)status, now, context.Stamp);
            more?.Invoke(context, now);
        });
    }

    /// <summary>Nothing is left to do: the name may be used again.</summary>
    public Task CloseAsync(long operationId) => writer.WriteAsync(context => context.Execute("UPDATE operation SET closed = 1 WHERE operation_id = $1", operationId));

    /// <summary>It was found unfinished after a restart.</summary>
    public Task RecoverAsync(long operationId) => writer.WriteAsync(context => context.Execute("UPDATE operation SET recovered = 1 WHERE operation_id = $1 AND ended_at IS NULL", operationId));

    private static void Transit(WriteContext context, long operationId, long now, params ReadOnlySpan<(string SubStatus, string Message)> transitions)
    {
        foreach (var (name, message) in transitions)
        {
            context.Execute("UPDATE operation_transition SET ended_at = $2 WHERE operation_id = $1 AND ended_at IS NULL", operationId, now);
            context.Execute(
                """
                INSERT INTO operation_transition (operation_id, ordinal, sub_status, message, begun_at)
                VALUES ($1, (SELECT COALESCE(MAX(ordinal) + 1, 0) FROM operation_transition WHERE operation_id = $1), $2, $3, $4)
                """, operationId, name, message, now);
            context.Execute("UPDATE operation SET sub_status = $2, modified_at = $3 WHERE operation_id = $1", operationId, name, now);
        }
    }

    private static OperationRow Read(DbDataReader reader) => new()
    {
        OperationId = reader.GetInt64(0),
        ClientId = reader.GetInt64(1),
        AccountVersion = reader.GetInt32(2),
        Configuration = reader.GetString(3),
        Name = reader.GetString(4),
        XmlFile = reader.IsDBNull(5) ? null : reader.GetString(5),
        Semaphores = reader.GetString(6).Split('\n'),
        Host = reader.GetString(7),
        Status = (OperationStatus)reader.GetInt32(8),
        SubStatus = reader.GetString(9),
        Step = (OperationStep)reader.GetInt32(10),
        Recovered = reader.GetInt64(11) != 0,
        Closed = reader.GetInt64(12) != 0,
        BegunAt = reader.GetInt64(13),
        EndedAt = Number(reader, 14),
        ModifiedAt = reader.GetInt64(15),
        WaitsSince = Number(reader, 16),
        UploadBegunAt = Number(reader, 17),
        UploadEndedAt = Number(reader, 18),
        ChunkAt = Number(reader, 19),
        RowsRead = reader.GetInt64(20),
        RowsAdded = reader.GetInt64(21),
        RowsSkipped = reader.GetInt64(22),
        ContentAt = Number(reader, 23),
        ContentHash = reader.IsDBNull(24) ? null : reader.GetString(24),
        ContentText = reader.IsDBNull(25) ? null : reader.GetString(25),
        ReportTo = reader.IsDBNull(26) ? null : reader.GetString(26).Split('\n', StringSplitOptions.RemoveEmptyEntries),
    };

    private static long? Number(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);
}
