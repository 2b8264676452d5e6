using System.Globalization;
using ClosedLoop.Data.Migrations;
using ClosedLoop.Data.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace ClosedLoop.Data.Copying;

/// <summary>
/// Copies an SQLite database into an empty PostgreSQL database: one transaction, which commits only when every table that was read back has the count and the checksum of
/// its source. A copy that breaks off has changed nothing and is begun anew.
/// </summary>
public sealed class DatabaseCopy
{
    private const long Day = 86_400_000_000;

    /// <summary>Tables that hold addresses in lower case on PostgreSQL.</summary>
    private static readonly HashSet<string> Folded = new(["suppression", "bounce_counter", "untracked", "channel_message"], StringComparer.Ordinal);

    private readonly Database _source;
    private readonly Database _target;

    /// <param name="source">An SQLite database that nobody writes to meanwhile.</param>
    /// <param name="target">A PostgreSQL database that has the tables, and nothing in them.</param>
    public DatabaseCopy(Database source, Database target)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        if (source.Kind != DatabaseKind.Sqlite || target.Kind != DatabaseKind.Postgres) throw new CopyRefusedException("CL3306: only an SQLite database can be copied, and only to PostgreSQL.");
        (_source, _target) = (source, target);
    }

    /// <param name="progress">Told of each table when it has been written.</param>
    /// <param name="cancellation">Looked at between rows.</param>
    /// <exception cref="CopyRefusedException">The schemas differ, the target is not empty, or what was read back is not what was written.</exception>
    public IReadOnlyList<CopiedTable> Run(Action<CopiedTable> progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(progress);
        var (from, to) = (Migrator.VersionOf(_source), Migrator.VersionOf(_target));
        if (from != to) throw new CopyRefusedException($"CL3306: the source has schema version {from}, the target {to}; bring both to the same with closedloop db migrate.");
        using var target = ((PostgresEngine)_target.Engine).OpenAlone("closedloop copy");
        using var source = _source.OpenRead();

        // Nobody writes to the target meanwhile, and the source is read as of one moment.
        using var transaction = target.BeginTransaction();
        Execute(target, string.Create(CultureInfo.InvariantCulture, $"SELECT pg_advisory_xact_lock({PostgresEngine.WriteLock})"));
        using var snapshot = source.BeginTransaction(System.Data.IsolationLevel.ReadUncommitted);
        var tables = Tables(target);
        Execute(target, "DELETE FROM id_sequence");
        foreach (var (table, _) in tables)
        {
            if (Count(target, table) > 0) throw new CopyRefusedException($"CL3306: table {table} of {_target.DisplayName} is not empty; copy into a new database.");
        }

        MakePartitions(source, target);
        var copied = new List<CopiedTable>();
        foreach (var (table, columns) in tables)
        {
            if (!IsInSource(source, table)) continue;
            copied.Add(Write(source, target, table, columns, cancellation));
            progress(copied[^1]);
        }

        foreach (var written in copied)
        {
            var read = ReadBack(target, written.Name, tables[written.Name], cancellation);
            if (read != written)
                throw new CopyRefusedException($"CL3307: table {written.Name} was written as {written.Rows} rows with checksum {written.Checksum} and read back as {read.Rows} rows with {read.Checksum}; nothing was copied.");
        }

        foreach (var (sequence, table, column) in Numbers(target))
            Execute(target, $"SELECT setval('{sequence}', (SELECT COALESCE(MAX({column}), 0) + 1 FROM {table}), false)");
        transaction.Commit();
        Execute(target, "ANALYZE");
        return copied;
    }

    /// <summary>Every table with its columns, but for those that belong to the database and not to the installation.</summary>
    private static SortedDictionary<string, List<CopyColumn>> Tables(NpgsqlConnection target)
    {
        using var command = new NpgsqlCommand(
            """
            SELECT c.table_name, c.column_name, c.data_type FROM information_schema.columns c
            JOIN pg_class t ON t.relname = c.table_name AND t.relnamespace = current_schema()::regnamespace
            WHERE c.table_schema = current_schema() AND t.relkind IN ('r', 'p') AND NOT t.relispartition AND c.table_name NOT IN ('schema_version', 'write_mark')
            ORDER BY c.table_name, c.ordinal_position
            """, target);
        using var reader = command.ExecuteReader();
        var tables = new SortedDictionary<string, List<CopyColumn>>(StringComparer.Ordinal);
        while (reader.Read())
        {
            var (table, column) = (reader.GetString(0), reader.GetString(1));
            if (!tables.TryGetValue(table, out var columns)) tables.Add(table, columns = []);
            columns.Add(CopyColumn.Of(column, reader.GetString(2), column == "address" && Folded.Contains(table)));
        }

        return tables;
    }

    private static CopiedTable Write(System.Data.Common.DbConnection source, NpgsqlConnection target, string table, List<CopyColumn> columns, CancellationToken cancellation)
    {
        using var statement = new Statement(source, $"SELECT {Names(columns)} FROM {table}");
        using var reader = statement.Query();
        using var importer = target.BeginBinaryImport($"COPY {table} ({Names(columns)}) FROM STDIN (FORMAT BINARY)");
        var sum = new TableChecksum();
        while (reader.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            importer.StartRow();
            for (var i = 0; i < columns.Count; i++)
            {
                var value = columns[i].FromSource(reader, i);
                sum.Add(value);
                if (value is null) importer.WriteNull();
                else if (columns[i].Type == NpgsqlDbType.Integer) importer.Write(checked((int)(long)value), NpgsqlDbType.Integer);
                else importer.Write(value, columns[i].Type);
            }

            sum.EndRow();
        }

        importer.Complete();
        return sum.Result(table);
    }

    private static CopiedTable ReadBack(NpgsqlConnection target, string table, List<CopyColumn> columns, CancellationToken cancellation)
    {
        using var statement = new Statement(target, $"SELECT {Names(columns)} FROM {table}");
        using var reader = statement.Query();
        var sum = new TableChecksum();
        while (reader.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            for (var i = 0; i < columns.Count; i++) sum.Add(columns[i].FromTarget(reader, i));
            sum.EndRow();
        }

        return sum.Result(table);
    }

    private static void MakePartitions(System.Data.Common.DbConnection source, NpgsqlConnection target)
    {
        using var days = new Statement(source, "SELECT DISTINCT recorded / $1 FROM event");
        using var reader = days.Query(Day);
        while (reader.Read()) Execute(target, string.Create(CultureInfo.InvariantCulture, $"SELECT event_partition({reader.GetInt64(0)})"));
    }

    /// <summary>Sequences that numbers of rows come from.</summary>
    private static List<(string Sequence, string Table, string Column)> Numbers(NpgsqlConnection target)
    {
        using var command = new NpgsqlCommand(
            """
            SELECT pg_get_serial_sequence(quote_ident(table_name), column_name), table_name, column_name FROM information_schema.columns
            WHERE table_schema = current_schema() AND is_identity = 'YES'
            UNION ALL SELECT 'event_number', 'event', 'event_id'
            """, target);
        using var reader = command.ExecuteReader();
        var numbers = new List<(string, string, string)>();
        while (reader.Read()) numbers.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        return numbers;
    }

    private static string Names(List<CopyColumn> columns) => string.Join(", ", columns.Select(column => $"\"{column.Name}\""));

    private static bool IsInSource(System.Data.Common.DbConnection source, string table)
    {
        using var statement = new Statement(source, "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND lower(name) = $1");
        return statement.Scalar(table) > 0;
    }

    private static long Count(NpgsqlConnection target, string table)
    {
        using var statement = new Statement(target, $"SELECT COUNT(*) FROM {table}");
        return statement.Scalar();
    }

    private static void Execute(NpgsqlConnection target, string sql)
    {
        using var statement = new Statement(target, sql);
        statement.Execute();
    }
}
