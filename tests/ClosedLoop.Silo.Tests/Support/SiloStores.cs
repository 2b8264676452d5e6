using System.Globalization;
using ClosedLoop.Data;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Hosting;
using ClosedLoop.Silo.Watching;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Silo.Tests.Support;

/// <summary>The stores of a silo over a data folder of their own, with a clock that is set and a log that is kept.</summary>
internal sealed class SiloStores : IAsyncDisposable
{
    public const long ClientId = 9;

    private readonly ServiceProvider _provider;

    private SiloStores(SiloSettings settings)
    {
        Settings = settings;
        var services = new ServiceCollection();
        services.AddSingleton(settings);
        SiloHost.AddData(services, settings);
        services.AddSingleton<TimeProvider>(Clock);
        SiloStations.AddStores(services);
        services.AddSingleton<AlarmDesk>().AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log));
        services.AddSingleton<ClosedLoop.Data.Alarms.PulseReader>().AddSingleton<IMailingReasons>(Reasons).AddSingleton<IFolderStates>(Folders);
        _provider = services.BuildServiceProvider();
    }

    public SiloSettings Settings { get; }

    public SettableClock Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    public LogBook Log { get; } = new();

    public SaidReasons Reasons { get; } = new();

    public SaidFolders Folders { get; } = new();

    public long Now => Clock.NowMicroseconds();

    public RecipientLedger Ledger => Get<RecipientLedger>();

    public static async Task<SiloStores> CreateAsync(TempFolder folder, WatchSettings? watch = null, ClientDefinition? client = null)
    {
        var stores = new SiloStores(new SiloSettings { Data = Path.Combine(folder.Path, "data"), Watch = watch ?? new WatchSettings() });
        await stores.Get<DefinitionStore>().ApplyAsync(client ?? Client);
        return stores;
    }

    public static ClientDefinition Client { get; } = new()
    {
        Id = ClientId,
        Key = "oak",
        Sender = new SenderSettings { Address = "a@news.example.org" },
        Notify = new NotifySettings { ProblemsTo = ["night@example.org"] },
    };

    public T Get<T>()
        where T : notnull => _provider.GetRequiredService<T>();

    /// <summary>Something of the silo that is not registered, with what it needs out of here.</summary>
    public T Make<T>(params object[] arguments) => ActivatorUtilities.CreateInstance<T>(_provider, arguments);

    /// <summary>A file with one mailing, whose recipients all wait.</summary>
    public async Task<MailingRow> MailingAsync(int recipients, long fileId = 1, long source = 71, MailingState state = MailingState.Sending)
    {
        Execute(
            "INSERT INTO inbound_file (file_id, client_id, name, sha256, size, state, records, imported, skipped, received_at, claimed_at, recorded) VALUES ($1, 9, $2, 'ab', 10, 5, $3, $4, 2, $5, $5, $5)",
            fileId, $"{fileId.ToString(CultureInfo.InvariantCulture)}.csv", recipients + 2, recipients, Now);
        var mailings = Get<MailingStore>();
        var row = await mailings.CreateAsync(new NewMailing { ClientId = ClientId, ClientVersion = 1, SourceId = source, SourceVersion = 1, FileId = fileId, Name = "Spring" });
        await Ledger.ImportAsync(row.MailingId, 0, [.. Enumerable.Range(0, recipients).Select(i => new ImportedRecipient(AddressOf(i), [0]))]);
        await Get<LedgerWriter>().WriteAsync(context => RecipientLedger.Publish(context, fileId));
        if (state != MailingState.Prepared) await mailings.MoveAsync(row.MailingId, state, MailingState.Prepared);
        return mailings.Find(row.MailingId)!;
    }

    public static string AddressOf(int sequence) => string.Create(CultureInfo.InvariantCulture, $"Reader.{sequence}@example.org");

    /// <summary>Claims recipients and records what became of them.</summary>
    public async Task SettleAsync(MailingRow mailing, RecipientState state, params int[] sequences)
    {
        Assert.All(await Ledger.ClaimAsync(mailing.MailingId, sequences), Assert.True);
        await Ledger.RecordAsync([.. sequences.Select(sequence => new SendOutcome
        {
            MailingId = mailing.MailingId,
            ClientId = ClientId,
            Sequence = sequence,
            Address = AddressOf(sequence),
            State = state,
            DoneAt = Now,
            ReplyCode = state == RecipientState.Sent ? 250 : 550,
            Reason = state == RecipientState.Sent ? null : $"at Rcpt: 550 <{AddressOf(sequence)}> unknown",
        })]);
    }

    /// <summary>Changes the database behind everybody's back.</summary>
    public void Execute(string sql, params object?[] arguments)
    {
        using var connection = Get<Database>().OpenWrite();
        using var statement = new Statement(connection, sql);
        statement.Execute(arguments);
    }

    public long Scalar(string sql, params object?[] arguments)
    {
        using var connection = Get<Database>().OpenRead();
        using var statement = new Statement(connection, sql);
        return statement.Scalar(arguments);
    }

    public async ValueTask DisposeAsync()
    {
        var database = Get<Database>();
        await _provider.DisposeAsync();
        using var connection = (SqliteConnection)database.OpenRead();
        SqliteConnection.ClearPool(connection);
    }
}
