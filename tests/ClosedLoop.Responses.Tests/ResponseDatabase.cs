using ClosedLoop.Data;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Events;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Migrations;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Events;
using ClosedLoop.Model.Lists;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Model.Responses;
using ClosedLoop.Testing.Servers;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClosedLoop.Responses.Tests;

/// <summary>A database with one client, in which mailings are sent and answered by hand at moments the test sets.</summary>
internal sealed class ResponseDatabase : IAsyncDisposable
{
    public const long ClientId = 90_000_000_001;

    private readonly TemporaryFolder _folder = new();
    private readonly MailingStore _mailings;
    private readonly RecipientLedger _ledger;
    private readonly EventStore _events;
    private long _spooled;

    public ResponseDatabase(string start = "2026-03-02 09:00:00")
    {
        Clock = new SettableClock(Instant(start));
        Location = PostgresChoice.IsMade ? PostgresServer.SharedAsync().GetAwaiter().GetResult().CreateDatabase() : Path.Combine(_folder.Path, "closedloop.db");
        Database = Open(Location);
        Migrator.Migrate(Database, Clock);
        Writer = new LedgerWriter(Database, Clock);
        Definitions = new DefinitionStore(Database, Writer);
        _mailings = new MailingStore(Database, Writer, Clock);
        _ledger = new RecipientLedger(Database, Writer, Clock);
        _events = new EventStore(Database, Writer, NullLogger<EventStore>.Instance);
    }

    public static ClientDefinition Client { get; } = new()
    {
        Id = ClientId,
        Key = "shop",
        Sender = new SenderSettings { Address = "news@example.org" },
        Export = new ExportSettings { Enabled = true, NonAnonymisedAccepted = true },
    };

    public SettableClock Clock { get; }

    /// <summary>File or connection string.</summary>
    public string Location { get; }

    public Database Database { get; }

    public LedgerWriter Writer { get; }

    public DefinitionStore Definitions { get; }

    public string FolderPath => _folder.Path;

    public static Database Open(string location) => PostgresChoice.IsMade ? Database.Postgres(location) : new Database(location);

    public static DateTimeOffset Instant(string utc) =>
        DateTimeOffset.ParseExact(utc, ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.fff"], System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal);

    public ResponseDatabase At(string utc)
    {
        Clock.Now = Instant(utc);
        return this;
    }

    public Task Execute(string sql) => Writer.WriteAsync(context => { context.Execute(sql); });

    public long Scalar(string sql)
    {
        using var connection = Database.OpenRead();
        using var statement = new Statement(connection, sql);
        return statement.Scalar();
    }

    /// <summary>A mailing that is being sent from now on.</summary>
    public Task<MailingRow> StartAsync(params string[] addresses) => StartAsync(1, addresses, _ => [0]);

    /// <summary>The same, imported under a version of the client, with stored columns.</summary>
    public async Task<MailingRow> StartAsync(int clientVersion, string[] addresses, Func<string, byte[]> fields)
    {
        var file = Clock.NowMicroseconds();
        var row = await _mailings.CreateAsync(new NewMailing
        {
            ClientId = ClientId,
            ClientVersion = clientVersion,
            SourceId = 7,
            SourceVersion = 1,
            FileId = file,
            Name = "Spring",
        });
        await _ledger.ImportAsync(row.MailingId, 0, [.. addresses.Select(address => new ImportedRecipient(address, fields(address)))]);
        await _mailings.FreezeAsync(row.MailingId, new FrozenMailing
        {
            Source = new SourceMailing { Id = 7, ClientId = ClientId, Name = "Spring", Subject = "Hello" },
            Sender = Client.Sender,
            List = ListDefinition.Default,
        });
        await Writer.WriteAsync(context => RecipientLedger.Publish(context, file));
        await _mailings.MoveAsync(row.MailingId, MailingState.Sending, MailingState.Prepared);
        return _mailings.Find(row.MailingId)!;
    }

    public async Task ClaimAsync(MailingRow mailing, int sequence) => Assert.True(Assert.Single(await _ledger.ClaimAsync(mailing.MailingId, [sequence])));

    public Task RecordAsync(MailingRow mailing, int sequence, RecipientState state, ResponseCategory? response = null) => _ledger.RecordAsync([new SendOutcome
    {
        MailingId = mailing.MailingId, ClientId = ClientId, Sequence = sequence, Address = "", State = state,
        Unclaimed = state == RecipientState.Suppressed, DoneAt = Clock.NowMicroseconds(), Reason = "test", Response = response,
    }]);

    public async Task SettleAsync(MailingRow mailing, int sequence, RecipientState state, ResponseCategory? response = null)
    {
        if (state != RecipientState.Suppressed) await ClaimAsync(mailing, sequence);
        await RecordAsync(mailing, sequence, state, response);
    }

    public async Task MoveAsync(MailingRow mailing, MailingState to, MailingState from) => Assert.True(await _mailings.MoveAsync(mailing.MailingId, to, from));

    public Task<bool> FinishAsync(MailingRow mailing) => _mailings.TryFinishAsync(mailing.MailingId);

    public async Task CancelAsync(MailingRow mailing) => await Writer.WriteAsync(context =>
    {
        MailingStore.Move(context, mailing.MailingId, MailingState.Cancelled, Clock.NowMicroseconds(), MailingState.Sending);
        RecipientLedger.CancelWaiting(context, mailing.MailingId, Clock.NowMicroseconds());
    });

    public Task RespondAsync(MailingRow mailing, int sequence, ResponseCategory category) => Writer.WriteAsync(context =>
        ResponseStore.Add(context, ClientId, mailing.MailingId, sequence, "", category, Clock.NowMicroseconds(), "mail", null));

    /// <summary>An event recorded now.</summary>
    public async Task TrackAsync(
        TrackedEventKind kind, MailingRow mailing, int sequence, int ordinal = 0, TrackedEventFlags flags = TrackedEventFlags.None, TimeSpan lateBy = default)
    {
        var tracked = new TrackedEvent(kind, mailing.MailingId, sequence, ordinal, Clock.NowMicroseconds() - (long)lateBy.TotalMicroseconds, Flags: flags);
        await _events.StoreAsync("test", new SpoolMark(_spooled, 0), new SpoolMark(++_spooled, 0), [new ResolvedEvent(tracked, "Firefox 128.0", "Windows 11", "Desktop")]);
    }

    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        if (Database.Kind == DatabaseKind.Sqlite)
        {
            using var connection = (SqliteConnection)Database.OpenRead();
            SqliteConnection.ClearPool(connection);
        }

        _folder.Dispose();
    }
}
