using System.Diagnostics;
using System.Globalization;
using ClosedLoop.Data;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Migrations;
using ClosedLoop.Data.Resend;
using ClosedLoop.Data.Retention;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Grains;
using ClosedLoop.Grains.Mailings;
using ClosedLoop.Mailings.Mailings;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Lists;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ClosedLoop.Mailings.Tests;

/// <summary>Mailing and batch grains on the embedded engine, over a database of their own, with a sender that sends nothing.</summary>
internal sealed class MailingFixture : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string _folder = Directory.CreateTempSubdirectory("closedloop-mailings-").FullName;
    private readonly IHost _host;

    private MailingFixture(MailingOptions options)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton(options);
        builder.Services.AddSingleton(_ =>
        {
            var database = new Database(Path.Combine(_folder, "test.db"));
            Migrator.Migrate(database, TimeProvider.System);
            return database;
        });
        builder.Services.AddSingleton<LedgerWriter>().AddSingleton<DefinitionStore>().AddSingleton<MailingStore>().AddSingleton<RecipientLedger>()
            .AddSingleton<Blocklist>().AddSingleton<ResendStore>().AddSingleton<MailingPurge>().AddSingleton<OrderPurge>().AddSingleton<ConnectorPurge>();
        builder.Services.AddSingleton<TestSender>().AddSingleton<IBatchSender>(provider => provider.GetRequiredService<TestSender>());
        var storage = new MemoryGrainStorage();
        builder.Services.AddEmbeddedGrains(grains => grains.AddAssembly(typeof(MailingGrain).Assembly).AddStorage(GrainStorage.Name, _ => storage));
        _host = builder.Build();
    }

    public TestSender Sender => Get<TestSender>();

    public RecipientLedger Ledger => Get<RecipientLedger>();

    public static async Task<MailingFixture> StartAsync(MailingOptions? options = null)
    {
        var fixture = new MailingFixture(options ?? new MailingOptions
        {
            QueuePoll = TimeSpan.FromMilliseconds(20),
            BrokenBatchDelay = TimeSpan.FromMilliseconds(20),
        });
        await fixture._host.StartAsync();
        return fixture;
    }

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public IMailingGrain Grain(MailingRow mailing) =>
        Get<IGrainFactory>().GetGrain<IMailingGrain>(mailing.MailingId.ToString(CultureInfo.InvariantCulture));

    /// <summary>A prepared and frozen mailing.</summary>
    public async Task<MailingRow> MailingAsync(int recipients, long source = 71)
    {
        var client = new ClientDefinition { Id = 9, Key = "test", Sender = new SenderSettings { Address = "a@b.example" } };
        var version = await Get<DefinitionStore>().ApplyAsync(client);
        var store = Get<MailingStore>();
        var row = await store.CreateAsync(new NewMailing
        {
            ClientId = 9,
            ClientVersion = version.Version,
            SourceId = source,
            SourceVersion = 1,
            FileId = 1,
            Name = "test",
        });
        await Ledger.ImportAsync(row.MailingId, 0, [.. Enumerable.Range(0, recipients)
            .Select(i => new ImportedRecipient(string.Create(CultureInfo.InvariantCulture, $"r{i}@x.example"), [0]))]);
        await Get<LedgerWriter>().WriteAsync(context => RecipientLedger.Publish(context, 1));
        await store.FreezeAsync(row.MailingId, new FrozenMailing
        {
            Source = new SourceMailing { Id = source, ClientId = 9, Name = "test", Subject = "x", Text = "x" },
            Sender = client.Sender,
            List = ListDefinition.Default,
        });
        return store.Find(row.MailingId)!;
    }

    public MailingState StateOf(MailingRow mailing) => Get<MailingStore>().Find(mailing.MailingId)!.State;

    public LedgerCounts Count(MailingRow mailing) => Ledger.Count(mailing.MailingId);

    public static async Task EventuallyAsync(Func<bool> condition)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, "the condition did not come true in time");
            await Task.Delay(5);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable host) await host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
