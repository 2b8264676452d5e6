using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Migrations;
using ClosedLoop.Model;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Testing.Servers;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ClosedLoop.Data.Tests;

/// <summary>A migrated database in a folder of its own, with the writer and the stores on it.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    public const long ClientId = 90_000_000_001;

    private readonly string _folder = Directory.CreateTempSubdirectory("closedloop-data-").FullName;

    public TestDatabase(DatabaseKind kind)
        : this(folder => kind == DatabaseKind.Sqlite
            ? new Database(Path.Combine(folder, "closedloop.db"))
            : Database.Postgres(PostgresServer.SharedAsync().GetAwaiter().GetResult().CreateDatabase()))
    {
    }

    public TestDatabase(Func<string, Database> open)
    {
        Database = open(_folder);
        Migrator.Migrate(Database, Clock);
        Writer = new LedgerWriter(Database, Clock);
        Mailings = new MailingStore(Database, Writer, Clock);
        Ledger = new RecipientLedger(Database, Writer, Clock);
    }

    public SettableClock Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    public Database Database { get; }

    public LedgerWriter Writer { get; private set; }

    public MailingStore Mailings { get; private set; }

    public RecipientLedger Ledger { get; private set; }

    public long Now => Clock.NowMicroseconds();

    /// <summary>As after a restart of the process.</summary>
    public async Task RestartAsync()
    {
        await Writer.DisposeAsync();
        Writer = new LedgerWriter(Database, Clock);
        Mailings = new MailingStore(Database, Writer, Clock);
        Ledger = new RecipientLedger(Database, Writer, Clock);
    }

    public Task<MailingRow> CreateAsync(long fileId = 1, long sourceId = 7) => Mailings.CreateAsync(new NewMailing
    {
        ClientId = ClientId,
        ClientVersion = 1,
        SourceId = sourceId,
        SourceVersion = 1,
        FileId = fileId,
        Name = "Spring",
    });

    /// <summary>A mailing with imported recipients <c>r0@example.org</c>, <c>r1@…</c>, published.</summary>
    public async Task<MailingRow> ImportAsync(int recipients, long fileId = 1)
    {
        var row = await CreateAsync(fileId);
        await Ledger.ImportAsync(row.MailingId, 0, [.. Enumerable.Range(0, recipients).Select(i => new ImportedRecipient($"r{i}@example.org", [0]))]);
        await Writer.WriteAsync(context => RecipientLedger.Publish(context, fileId));
        return Mailings.Find(row.MailingId)!;
    }

    public async Task<MailingRow> ImportAndStartAsync(int recipients)
    {
        var row = await ImportAsync(recipients);
        Assert.True(await Mailings.MoveAsync(row.MailingId, MailingState.Sending, MailingState.Prepared));
        return row;
    }

    public SendOutcome Outcome(MailingRow mailing, int sequence, Model.Recipients.RecipientState state) => new()
    {
        MailingId = mailing.MailingId,
        ClientId = ClientId,
        Sequence = sequence,
        Address = $"r{sequence}@example.org",
        State = state,
        Unclaimed = state == Model.Recipients.RecipientState.Suppressed,
        DoneAt = Now,
        ReplyCode = 250,
        Reason = "test",
    };

    public long Scalar(string sql, params ReadOnlySpan<object?> arguments)
    {
        using var connection = Database.OpenRead();
        using var statement = new Statement(connection, sql);
        return statement.Scalar(arguments);
    }

    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        if (Database.Kind == DatabaseKind.Sqlite)
        {
            using var connection = (SqliteConnection)Database.OpenRead();
            SqliteConnection.ClearPool(connection);
        }
        else
        {
            NpgsqlConnection.ClearAllPools();
        }

        Directory.Delete(_folder, recursive: true);
    }
}
