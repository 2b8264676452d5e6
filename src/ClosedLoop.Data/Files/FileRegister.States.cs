using System.Data.Common;
using System.Globalization;
using ClosedLoop.Data.Notices;
using ClosedLoop.Model;
using ClosedLoop.Model.Errors;
using ClosedLoop.Model.Files;

namespace ClosedLoop.Data.Files;

/// <summary>The arrows of the life cycle. Each is guarded by the state it starts from, so that doing it twice does nothing.</summary>
public sealed partial class FileRegister
{
    /// <summary>Stores what was found in the file; nothing of it is visible to anybody yet.</summary>
    public Task ValidatedAsync(long fileId, FileCounts counts, IReadOnlyList<FileProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        return writer.WriteAsync(context =>
        {
            // Whoever was overtaken must not overwrite what was found by the one who has gone further.
            if (!Move(context, fileId, FileState.Validated, FileState.Claimed, FileState.Validated)) return;
            WriteCounts(context, fileId, counts);
            WriteProblems(context, fileId, problems);
        });
    }

    /// <summary>Part of the transaction that publishes the mailings: counts per group and the state.</summary>
    /// <exception cref="Ledger.ImportOvertakenException">Somebody else has published the file's mailings, or ended it; the caller's must not become visible besides.</exception>
    public static void Imported(WriteContext context, long fileId, IReadOnlyList<FileGroupRow> groups)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(groups);
        WriteGroups(context, fileId, groups);
        context.Execute("UPDATE inbound_file SET imported = $2 WHERE file_id = $1", fileId, groups.Sum(g => g.Net));
        if (!Move(context, fileId, FileState.Imported, FileState.Validated)) throw new Ledger.ImportOvertakenException(fileId);
    }

    /// <summary>Moves a file when it is in one of <paramref name="from"/>; false when it is not.</summary>
    public Task<bool> MoveAsync(long fileId, FileState to, params FileState[] from) =>
        writer.WriteAsync(context => Move(context, fileId, to, from));

    /// <summary>A file that failed is given up.</summary>
    /// <param name="fileId">The file.</param>
    /// <param name="notice">Who is told of it in the same transaction, so that no crash keeps it from them or tells it twice; <c>null</c> for nobody.</param>
    /// <returns><c>false</c> when it has not failed, or not any more.</returns>
    public Task<bool> DiscardAsync(long fileId, NewNotice? notice)
    {
        var now = time.NowMicroseconds();
        return writer.WriteAsync(context =>
        {
            if (!Move(context, fileId, FileState.Discarded, FileState.FailedImport, FileState.FailedStart)) return false;
            if (notice is not null) NoticeStore.Add(context, notice, now);
            return true;
        });
    }

    /// <summary>Ends a file's way for now, with the reason.</summary>
    public Task FailAsync(long fileId, FileState to, FileStep step, FileCounts counts, IReadOnlyList<FileProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        var first = problems.FirstOrDefault(p => p.IsError);
        return writer.WriteAsync(context =>
        {
            WriteCounts(context, fileId, counts);
            WriteProblems(context, fileId, problems);
            context.Execute(
                "UPDATE inbound_file SET state = $2, step = $3, code = $4, message = $5, retried = 0, recorded = $6 WHERE file_id = $1 AND state <= $7",
                fileId, (int)to, step.ToString(), first?.Code.Code, first?.Message, context.Stamp, (int)FileState.Started);
        });
    }

    /// <summary>Marks a file of which nothing was imported as sent back by an operator; its next claim waives E103.</summary>
    public Task<bool> SendBackAsync(long fileId) => writer.WriteAsync(context => context.Execute(
        "UPDATE inbound_file SET retried = 1, recorded = $2 WHERE file_id = $1 AND state = $3", fileId, context.Stamp, (int)FileState.FailedImport) > 0);

    /// <summary>Lets a file whose start failed go on where it stood.</summary>
    public Task<bool> ResumeAsync(long fileId, FileState at) => writer.WriteAsync(context => context.Execute(
        "UPDATE inbound_file SET state = $2, step = NULL, code = NULL, message = NULL, errors = 0, recorded = $3 WHERE file_id = $1 AND state = $4",
        fileId, (int)at, context.Stamp, (int)FileState.FailedStart) > 0);

    private static bool Move(WriteContext context, long fileId, FileState to, params ReadOnlySpan<FileState> from)
    {
        var current = (FileState)context.Scalar("SELECT state FROM inbound_file WHERE file_id = $1", fileId);
        if (!from.Contains(current)) return false;
        context.Execute("UPDATE inbound_file SET state = $2, recorded = $3 WHERE file_id = $1", fileId, (int)to, context.Stamp);
        return true;
    }

    private static void WriteGroups(WriteContext context, long fileId, IReadOnlyList<FileGroupRow> groups)
    {
        foreach (var group in groups)
        {
            context.Execute("INSERT INTO file_group (file_id, mailing_id, total, net) VALUES ($1, $2, $3, $4)", fileId, group.MailingId, group.Total, group.Net);
        }
    }

    private static void WriteCounts(WriteContext context, long fileId, FileCounts counts) => context.Execute(
        "UPDATE inbound_file SET records = $2, skipped = $3, warnings = $4, errors = $5 WHERE file_id = $1",
        fileId, counts.Records, counts.Skipped, counts.Warnings, counts.Errors);

    private static void WriteProblems(WriteContext context, long fileId, IReadOnlyList<FileProblem> problems)
    {
        context.Execute("DELETE FROM file_problem WHERE file_id = $1", fileId);
        for (var i = 0; i < problems.Count; i++)
        {
            var p = problems[i];
            context.Execute(
                "INSERT INTO file_problem (file_id, ordinal, line, record, \"column\", code, step, group_key, message) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                fileId, i, p.Line, p.Record, p.Column, p.Code.Code, p.Step.ToString(), p.Group, p.Message);
        }
    }

    private static FileProblem ReadProblem(DbDataReader reader)
    {
        var code = reader.GetString(0);
        var group = reader.IsDBNull(5) ? [] : reader.GetString(5).Split('/');
        return new FileProblem(
            ErrorCodes.Find(code) ?? throw new InvalidDataException($"CL3005: file_problem holds the unknown code {code}; the database was written by a newer program."),
            Enum.Parse<FileStep>(reader.GetString(1)),
            reader.GetInt64(2),
            reader.GetInt64(3),
            reader.GetInt32(4),
            group.Length == 0 ? null : long.Parse(group[0], CultureInfo.InvariantCulture),
            group.Length < 2 || group[1].Length == 0 ? null : long.Parse(group[1], CultureInfo.InvariantCulture),
            reader.GetString(6));
    }
}
