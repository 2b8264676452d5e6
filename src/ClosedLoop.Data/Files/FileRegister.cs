using System.Data.Common;
using ClosedLoop.Data.Ids;
using ClosedLoop.Model;
using ClosedLoop.Model.Files;

namespace ClosedLoop.Data.Files;

/// <summary>
/// Every file that was ever claimed, by name and content hash, with its state (closed-loop spec section 6). A state is
/// durable before the step after it begins, so that a restart knows where each file stands.
/// </summary>
public sealed partial class FileRegister(Database database, LedgerWriter writer, TimeProvider time)
{
    private const string Columns =
        """
        file_id, client_id, name, sha256, size, state, records, imported, skipped, warnings, errors, step, code, message,
        retried, received_at, claimed_at, recorded, test
        """;

    /// <summary>
    /// Registers a claimed file. One that an operator sent back for another try gets its own row again; everything else a
    /// new one.
    /// </summary>
    public Task<InboundFile> ClaimAsync(long clientId, string name, string sha256, long size, DateTimeOffset received, bool test = false)
    {
        ArgumentNullException.ThrowIfNull(name);
        var now = time.NowMicroseconds();
        return writer.WriteAsync(context =>
        {
            var id = context.Scalar(
                "SELECT MAX(file_id) FROM inbound_file WHERE client_id = $1 AND name = $2 AND state = $3 AND retried = 1 AND test = $4",
                clientId, name, (int)FileState.FailedImport, test ? 1 : 0);
            if (id == 0)
            {
                id = IdSequence.Take(context, IdSequence.File);
                context.Execute(
                    """
                    INSERT INTO inbound_file (file_id, client_id, name, sha256, size, state, received_at, claimed_at, recorded, test)
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                    """, id, clientId, name, sha256, size, (int)FileState.Claimed, Instants.ToMicroseconds(received), now, context.Stamp, test ? 1 : 0);
            }
            else
            {
                context.Execute(
                    "UPDATE inbound_file SET sha256 = $2, size = $3, state = $4, step = NULL, code = NULL, message = NULL, claimed_at = $5, recorded = $6 WHERE file_id = $1",
                    id, sha256, size, (int)FileState.Claimed, now, context.Stamp);
            }

            return Read(context.Statement($"SELECT {Columns} FROM inbound_file WHERE file_id = $1"), id)[0];
        });
    }

    public InboundFile? Find(long fileId) => Query("file_id = $1", fileId).FirstOrDefault();

    /// <summary>Newest first.</summary>
    public IReadOnlyList<InboundFile> Latest(int count) => Query("1 = 1 ORDER BY file_id DESC LIMIT $1", count);

    /// <summary>A client's files of one name, newest first.</summary>
    public IReadOnlyList<InboundFile> Named(long clientId, string name) =>
        Query("client_id = $1 AND name = $2 ORDER BY file_id DESC", clientId, name);

    public IReadOnlyList<InboundFile> InState(long clientId, FileState state) =>
        Query("client_id = $1 AND state = $2 ORDER BY file_id", clientId, (int)state);

    /// <summary>Files a restart has to go on with, oldest first.</summary>
    public IReadOnlyList<InboundFile> Unfinished(long clientId) =>
        Query("client_id = $1 AND state <= $2 ORDER BY file_id", clientId, (int)FileState.Started);

    /// <summary>Files that wait for an operator, oldest first; those already sent back for another try are not among them.</summary>
    public IReadOnlyList<InboundFile> Failed(long clientId) => Query(
        "client_id = $1 AND ((state = $2 AND retried = 0) OR state = $3) ORDER BY file_id", clientId, (int)FileState.FailedImport, (int)FileState.FailedStart);

    /// <summary>
    /// An earlier file of the same name or content whose recipients were, or are being, taken over since
    /// <paramref name="since"/> (E103). A file of which nothing was imported is no obstacle, nor is test data for real data.
    /// </summary>
    public InboundFile? ProcessedBefore(InboundFile file, DateTimeOffset since)
    {
        ArgumentNullException.ThrowIfNull(file);
        return Query(
            """
            client_id = $1 AND test = $6 AND file_id <> $2 AND (name = $3 OR (sha256 = $4 AND sha256 <> '')) AND claimed_at >= $5
                AND (imported > 0 OR state BETWEEN 0 AND 5 OR state = 10) ORDER BY file_id DESC LIMIT 1
            """, file.ClientId, file.FileId, file.Name, file.Sha256, Instants.ToMicroseconds(since), file.Test ? 1 : 0).FirstOrDefault();
    }

    /// <summary>Whether another file's recipients were imported for this wave of a source mailing (W154).</summary>
    public bool WaveWasUsed(long sourceId, long waveId, long fileId)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection,
            "SELECT COUNT(*) FROM mailing WHERE source_id = $1 AND wave_id = $2 AND file_id <> $3 AND state <> 0 AND test = (SELECT test FROM inbound_file WHERE file_id = $3)");
        return statement.Scalar(sourceId, waveId, fileId) > 0;
    }

    /// <summary>Kept errors and warnings, in the order in which they were found.</summary>
    public IReadOnlyList<FileProblem> Problems(long fileId)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection,
            "SELECT code, step, line, record, \"column\", group_key, message FROM file_problem WHERE file_id = $1 ORDER BY ordinal");
        using var reader = statement.Query(fileId);
        var problems = new List<FileProblem>();
        while (reader.Read()) problems.Add(ReadProblem(reader));
        return problems;
    }

    /// <summary>Group totals of an imported file.</summary>
    public IReadOnlyList<FileGroupRow> Groups(long fileId)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT mailing_id, total, net FROM file_group WHERE file_id = $1 ORDER BY mailing_id");
        using var reader = statement.Query(fileId);
        var groups = new List<FileGroupRow>();
        while (reader.Read()) groups.Add(new(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2)));
        return groups;
    }

    private List<InboundFile> Query(string condition, params ReadOnlySpan<object?> arguments)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, $"SELECT {Columns} FROM inbound_file WHERE {condition}");
        return Read(statement, arguments);
    }

    private static List<InboundFile> Read(Statement statement, params ReadOnlySpan<object?> arguments)
    {
        using var reader = statement.Query(arguments);
        var files = new List<InboundFile>();
        while (reader.Read()) files.Add(ReadFile(reader));
        return files;
    }

    private static InboundFile ReadFile(DbDataReader reader) => new()
    {
        FileId = reader.GetInt64(0),
        ClientId = reader.GetInt64(1),
        Name = reader.GetString(2),
        Sha256 = reader.GetString(3),
        Size = reader.GetInt64(4),
        State = (FileState)reader.GetInt32(5),
        Records = reader.GetInt64(6),
        Imported = reader.GetInt64(7),
        Skipped = reader.GetInt64(8),
        Warnings = reader.GetInt64(9),
        Errors = reader.GetInt64(10),
        Step = reader.IsDBNull(11) ? null : Enum.Parse<FileStep>(reader.GetString(11)),
        Code = reader.IsDBNull(12) ? null : reader.GetString(12),
        Message = reader.IsDBNull(13) ? null : reader.GetString(13),
        Retried = reader.GetInt64(14) != 0,
        ReceivedAt = reader.GetInt64(15),
        ClaimedAt = reader.GetInt64(16),
        ChangedAt = reader.GetInt64(17),
        Test = reader.GetInt64(18) != 0,
    };
}
