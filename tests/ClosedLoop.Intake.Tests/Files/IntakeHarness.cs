using System.Text;
using ClosedLoop.Data;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Files;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Migrations;
using ClosedLoop.Data.Privacy;
using ClosedLoop.Data.Products;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Intake.Files;
using ClosedLoop.Intake.Products;
using ClosedLoop.Intake.Zones;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Files;
using ClosedLoop.Model.Mailings;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClosedLoop.Intake.Tests.Files;

/// <summary>File intake over a real SQLite database and real folders; only the grains are stood in for.</summary>
internal sealed class IntakeHarness : IAsyncDisposable
{
    public const string Name = "20260302091000_subscribers.csv";
    public const long Source = 71000000100;
    private readonly TemporaryFolder _folder = new();

    private IntakeHarness(ClientDefinition client)
    {
        Database = new Database(_folder.Of("closedloop.db"));
        Migrator.Migrate(Database, TimeProvider.System);
        Writer = new LedgerWriter(Database, TimeProvider.System);
        Definitions = new DefinitionStore(Database, Writer);
        Mailings = new MailingStore(Database, Writer, TimeProvider.System);
        Ledger = new RecipientLedger(Database, Writer, TimeProvider.System);
        Register = new FileRegister(Database, Writer, TimeProvider.System);
        Products = new ProductStore(Database, Writer);
        Switchboard = new RecordingSwitchboard(Mailings);
        Zone = new LocalFolderZone(_folder.Of("acme"), client.Folders, client.Import.Test);
    }

    /// <summary>The folder that holds the client's zone.</summary>
    public string DropRoot => _folder.Path;

    public Database Database { get; }

    public LedgerWriter Writer { get; }

    public DefinitionStore Definitions { get; }

    public MailingStore Mailings { get; }

    public RecipientLedger Ledger { get; }

    public FileRegister Register { get; }

    public RecordingSwitchboard Switchboard { get; }

    public ScriptedContent Content { get; } = new();

    public ProductStore Products { get; }

    public NamedProductUse ProductUse { get; } = new();

    public IDropZone Zone { get; set; }

    public TimeSpan RepeatGuard { get; set; } = new IntakeOptions().RepeatGuard;

    public long TwoPeopleAbove { get; set; }

    /// <summary>Who is told; nobody unless set.</summary>
    public IStatusNotifier? Notifier { get; set; }

    public Versioned<ClientDefinition> Client { get; private set; } = null!;

    /// <summary>Crashes when a file reaches this state, once.</summary>
    public FileState? CrashAt { get; set; }

    public static async Task<IntakeHarness> CreateAsync(ClientDefinition? client = null)
    {
        client ??= Subscribers.Given.Client;
        var harness = new IntakeHarness(client);
        harness.Client = await harness.Definitions.ApplyAsync(client);
        await harness.Definitions.ApplyAsync(new SourceMailing { Id = Source, ClientId = client.Id, Name = "Spring", Subject = "Hello" });
        return harness;
    }

    public FileIntake Intake() => new(
        Register, Definitions, Mailings, Ledger, new Blocklist(Database, Writer), new ErasedPeople(Database, Writer, () => new ErasureKey(new byte[ErasureKey.Size])), Writer, Switchboard, Content, Products, new ProductPins(Products, ProductUse), new LastFileReader(Database), Notifier ?? new LoggingNotifier(NullLogger<LoggingNotifier>.Instance),
        new IntakeOptions { Reached = Reached, RepeatGuard = RepeatGuard, TwoPeopleAbove = TwoPeopleAbove }, TimeProvider.System, NullLogger<FileIntake>.Instance);

    public void Drop(string text, string name = Name, string folder = "in") => File.WriteAllText(Path(folder, name), text);

    /// <summary>Another version of the client is in force from here on.</summary>
    public async Task RedefineAsync(ClientDefinition client) => Client = await Definitions.ApplyAsync(client);

    /// <summary>What the poller does for one file.</summary>
    public async Task<InboundFile> TakeInAsync(string name = Name, ZoneFolder? drop = null)
    {
        var intake = Intake();
        var file = await intake.ClaimAsync(Zone, Client.Value, name, drop);
        Assert.NotNull(file);
        await intake.RunAsync(Zone, Client, file.FileId);
        return Register.Find(file.FileId)!;
    }

    /// <summary>What a start after a crash does.</summary>
    public async Task<IReadOnlyList<InboundFile>> RestartAsync()
    {
        var intake = Intake();
        var files = new List<InboundFile>();
        foreach (var file in await intake.RecoverAsync(Zone, Client))
        {
            await intake.RunAsync(Zone, Client, file.FileId);
            files.Add(Register.Find(file.FileId)!);
        }

        return files;
    }

    public string Path(params string[] parts) => _folder.Of(["acme", .. parts]);

    public string[] Files(string folder) => [.. Directory.GetFiles(Path(folder)).Select(f => System.IO.Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    public string Text(params string[] parts) => File.ReadAllText(Path(parts), Encoding.UTF8);

    public long Count(string sql)
    {
        using var connection = Database.OpenRead();
        using var statement = new Statement(connection, sql);
        return statement.Scalar();
    }

    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    private void Reached(long fileId, FileState state)
    {
        if (CrashAt != state) return;
        CrashAt = null;
        throw new CrashException();
    }
}
