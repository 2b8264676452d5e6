using System.Data.Common;
using System.Globalization;
using ClosedLoop.Data.Ids;

namespace ClosedLoop.Data.Exports;

/// <summary>Cut-offs and what was published for them.</summary>
public sealed class ExportRunStore(Database database, LedgerWriter writer)
{
    private const string Columns = "run_id, scope, label, cut_from, cut_to, published, manifest";

    /// <summary>
    /// Takes a cut-off. It is a stamp of the writer, or a moment below one: whatever is written later is stamped higher, so
    /// nothing can slip in behind it.
    /// </summary>
    /// <param name="clientId">The client.</param>
    /// <param name="at">Microseconds of a scheduled cut-off that has passed; <c>null</c> cuts now.</param>
    /// <param name="label">Label for a cut-off and a number of failed attempts: called with 0, 1, 2, … until one is free.</param>
    /// <returns>The new run, the run of the same cut-off, or <c>null</c> when a later cut-off was taken already.</returns>
    public Task<ExportRun?> CutAsync(long clientId, long? at, Func<long, int, string> label)
    {
        ArgumentNullException.ThrowIfNull(label);
        var scope = ScopeOf(clientId);
        return writer.WriteAsync<ExportRun?>(context =>
        {
            var cut = at ?? context.Stamp;
            if (cut > context.Stamp) throw new ArgumentOutOfRangeException(nameof(at), at, "A cut-off lies in the past: rows may still be stamped below it.");
            var last = context.Scalar("SELECT MAX(cut_to) FROM export_run WHERE scope = $1", scope);
            if (cut <= last) return Read(context.Statement($"SELECT {Columns} FROM export_run WHERE scope = $1 AND cut_to = $2"), scope, cut).FirstOrDefault();
            var attempt = 0;
            while (context.Scalar("SELECT COUNT(*) FROM export_run WHERE scope = $1 AND label = $2", scope, label(cut, attempt)) > 0) attempt++;
            var run = new ExportRun
            {
                RunId = IdSequence.Take(context, IdSequence.Export),
                ClientId = clientId,
                Label = label(cut, attempt),
                CutFrom = last,
                CutTo = cut,
            };
            context.Execute("INSERT INTO export_run (run_id, scope, label, cut_from, cut_to, recorded) VALUES ($1, $2, $3, $4, $5, $6)",
                run.RunId, scope, run.Label, run.CutFrom, run.CutTo, context.Stamp);
            return run;
        });
    }

    /// <summary>Marks a run whose files all stand under their final names.</summary>
    public Task PublishedAsync(long runId, string manifest) => writer.WriteAsync(context =>
    {
        context.Execute("UPDATE export_run SET published = 1, manifest = $2 WHERE run_id = $1", runId, manifest);
    });

    public ExportRun? Find(long runId) => Query($"SELECT {Columns} FROM export_run WHERE run_id = $1", runId).FirstOrDefault();

    /// <summary>Runs whose files do not all stand yet, oldest first.</summary>
    public IReadOnlyList<ExportRun> Unfinished(long clientId) =>
        Query($"SELECT {Columns} FROM export_run WHERE scope = $1 AND published = 0 ORDER BY cut_to", ScopeOf(clientId));

    /// <summary>Newest first.</summary>
    public IReadOnlyList<ExportRun> Latest(long clientId, int count) =>
        Query($"SELECT {Columns} FROM export_run WHERE scope = $1 ORDER BY cut_to DESC LIMIT $2", ScopeOf(clientId), count);

    private List<ExportRun> Query(string sql, params ReadOnlySpan<object?> arguments)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, sql);
        return Read(statement, arguments);
    }

    private static List<ExportRun> Read(Statement statement, params ReadOnlySpan<object?> arguments)
    {
        using DbDataReader reader = statement.Query(arguments);
        var runs = new List<ExportRun>();
        while (reader.Read())
        {
            runs.Add(new ExportRun
            {
                RunId = reader.GetInt64(0),
                ClientId = long.Parse(reader.GetString(1), CultureInfo.InvariantCulture),
                Label = reader.GetString(2),
                CutFrom = reader.GetInt64(3),
                CutTo = reader.GetInt64(4),
                Published = reader.GetInt32(5) == 1,
                Manifest = reader.IsDBNull(6) ? null : reader.GetString(6),
            });
        }

        return runs;
    }

    private static string ScopeOf(long clientId) => clientId.ToString(CultureInfo.InvariantCulture);
}
