using ClosedLoop.Data;
using ClosedLoop.Mail.Sink;
using ClosedLoop.Model.Files;
using ClosedLoop.Model.Recipients;
using Microsoft.Data.Sqlite;

namespace ClosedLoop.Testing.Installations;

/// <summary>What the installation and the sink have written down, read from outside.</summary>
internal sealed class Books(Installation installation)
{
    private Database? _database;

    public string SinkLedgerPath => Path.Combine(installation.SinkData, "sink", "ledger.jsonl");

    /// <summary>Every message the sink took, in order.</summary>
    public IReadOnlyList<SinkRecord> Sink() => SinkLedger.Read(SinkLedgerPath);

    /// <summary>Messages the sink took by recipient.</summary>
    public ILookup<string, SinkRecord> SinkByAddress() => Sink().ToLookup(record => record.To.Single(), StringComparer.OrdinalIgnoreCase);

    public long Scalar(string sql, params object?[] arguments)
    {
        using var connection = Open();
        using var statement = new Statement(connection, sql);
        return statement.Scalar(arguments);
    }

    public string Text(string sql, params object?[] arguments)
    {
        using var connection = Open();
        using var statement = new Statement(connection, sql);
        using var reader = statement.Query(arguments);
        return reader.Read() ? reader.GetString(0) : throw new InvalidOperationException($"no row: {sql}");
    }

    /// <summary>The first column of every row.</summary>
    public IReadOnlyList<string> Texts(string sql, params object?[] arguments)
    {
        using var connection = Open();
        using var statement = new Statement(connection, sql);
        using var reader = statement.Query(arguments);
        var texts = new List<string>();
        while (reader.Read()) texts.Add(reader.GetString(0));
        return texts;
    }

    /// <summary>State of each recipient of a file's mailings, by address.</summary>
    public IReadOnlyDictionary<string, RecipientState> Ledger(string file)
    {
        using var connection = Open();
        using var statement = new Statement(connection,
            """
            SELECT r.address, l.state FROM ledger l JOIN recipient r ON r.mailing_id = l.mailing_id AND r.sequence = l.sequence
            JOIN mailing m ON m.mailing_id = l.mailing_id WHERE m.file_id = $1 AND m.state <> 0
            """);
        using var reader = statement.Query(FileId(file));
        var states = new Dictionary<string, RecipientState>(StringComparer.OrdinalIgnoreCase);

        // Add, not the indexer: an address that is there twice is a fault.
        while (reader.Read()) states.Add(reader.GetString(0), (RecipientState)reader.GetInt32(1));
        return states;
    }

    public long CountState(RecipientState state) => Scalar("SELECT COUNT(*) FROM ledger WHERE state = $1", (int)state);

    /// <summary>The newest file of that name; 0 when there is none.</summary>
    public long FileId(string name) => Scalar("SELECT MAX(file_id) FROM inbound_file WHERE name = $1", name);

    public FileState? StateOf(string name) => FileId(name) is > 0 and var id ? (FileState)Scalar("SELECT state FROM inbound_file WHERE file_id = $1", id) : null;

    /// <summary>The file was taken in and nobody of it waits or is being sent.</summary>
    public bool IsFinished(string name) =>
        StateOf(name) == FileState.Archived
        && Scalar("SELECT COUNT(*) FROM mailing WHERE file_id = $1 AND state <> 5", FileId(name)) == 0;

    /// <summary>Changes the database behind the service's back, to see that it is noticed.</summary>
    public void Tamper(string sql)
    {
        using var connection = Create().OpenWrite();
        using var statement = new Statement(connection, sql);
        statement.Execute();
    }

    /// <summary>Gives the database file back, so that the folder can go.</summary>
    public void Close()
    {
        if (_database is { Kind: DatabaseKind.Sqlite })
        {
            using var connection = (SqliteConnection)_database.OpenRead();
            SqliteConnection.ClearPool(connection);
        }

        _database = null;
    }

    private System.Data.Common.DbConnection Open() => (_database ??= Create()).OpenRead();

    private Database Create() => installation.ConnectionString is { } connection ? Database.Postgres(connection) : new Database(Path.Combine(installation.Data, "closedloop.db"));
}
