using System.Buffers;
using ClosedLoop.Data;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Delivery;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Migrations;
using ClosedLoop.Data.Notices;
using ClosedLoop.Data.Privacy;
using ClosedLoop.Data.Products;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Delivery.Fetching;
using ClosedLoop.Mail.Dkim;
using ClosedLoop.Mail.Sink;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Lists;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Model.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Delivery.Tests;

/// <summary>The sending station over a database of its own and a real SMTP sink.</summary>
internal sealed class DeliveryFixture : IAsyncDisposable
{
    private readonly ServiceProvider _provider;
    private readonly List<SinkMessage> _received = [];

    private DeliveryFixture(string folder, SmtpSink? sink, int sinkPort, TimeProvider time, IReadOnlyDictionary<string, DkimSigner>? signers, DeliveryMode mode, ContentFetchOptions? fetch)
    {
        Folder = folder;
        Sink = sink;
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        services.AddSingleton(time);
        services.AddSingleton(_ =>
        {
            var database = new Database(Path.Combine(folder, "test.db"));
            Migrator.Migrate(database, time);
            return database;
        });
        services.AddSingleton<LedgerWriter>().AddSingleton<DefinitionStore>().AddSingleton<MailingStore>().AddSingleton<RecipientLedger>().AddSingleton<LaneStore>().AddSingleton<LaneLimitStore>().AddSingleton<ConnectionTraceStore>().AddSingleton<NoticeStore>().AddSingleton<Blocklist>().AddSingleton(provider => new ErasedPeople(provider.GetRequiredService<Database>(), provider.GetRequiredService<LedgerWriter>(), () => new ErasureKey(new byte[ErasureKey.Size]))).AddSingleton<ProductStore>();
        services.AddSingleton(new SigningKeys(SigningKey.Create(1))).AddSingleton<TrackingTokenCodec>().AddSingleton<AddressTokenCodec>();
        services.AddDelivery(new DeliveryOptions { Mode = mode, SinkPort = sinkPort, TrackingBase = new Uri("https://t.example"), DkimSigners = signers ?? new Dictionary<string, DkimSigner>(), ContentFetch = fetch ?? new ContentFetchOptions() });
        _provider = services.BuildServiceProvider();
    }

    public string Folder { get; }

    public SmtpSink? Sink { get; private set; }

    public ClientDefinition Client { get; } = new()
    {
        Id = 9,
        Key = "test",
        Sender = new SenderSettings { Address = "news@sender.example" },
        Mail = new MailSettings { Connections = 4 },
    };

    /// <summary>Product data that mailings are frozen with.</summary>
    public FrozenProducts? Products { get; set; }

    /// <summary>What mailings fetch for each recipient, as an order has it.</summary>
    public FrozenFetching? Fetching { get; set; }

    /// <summary>Values of columns beyond address and first name, by column and address.</summary>
    public Func<string, string, string?> ValueOf { get; set; } = (_, _) => null;

    public RecipientLedger Ledger => Get<RecipientLedger>();

    public IReadOnlyList<SinkMessage> Received
    {
        get
        {
            lock (_received) return [.. _received];
        }
    }

    /// <param name="script">What the sink does to recipients; the standard script when not given.</param>
    /// <param name="time">Clock of the station; the machine's when not given.</param>
    /// <param name="folder">Of an earlier station, to go on where it stopped.</param>
    /// <param name="signers">Keys by sender domain.</param>
    /// <param name="mode">Whether mail goes to the sink or to the client's relay.</param>
    /// <param name="fetch">What may be fetched; nothing when not given.</param>
    public static DeliveryFixture Start(
        ISinkScript? script = null, TimeProvider? time = null, string? folder = null, IReadOnlyDictionary<string, DkimSigner>? signers = null,
        DeliveryMode mode = DeliveryMode.Sink, ContentFetchOptions? fetch = null)
    {
        folder ??= Directory.CreateTempSubdirectory("closedloop-delivery-").FullName;
        DeliveryFixture? fixture = null;
        var sink = SmtpSink.Start(new SmtpSinkOptions
        {
            LedgerPath = Path.Combine(folder, "sink.jsonl"),
            Script = script ?? SinkScript.Standard,
            Received = message =>
            {
                lock (fixture!._received) fixture._received.Add(message);
                return ValueTask.CompletedTask;
            },
        });
        fixture = new DeliveryFixture(folder, sink, sink.EndPoint.Port, time ?? TimeProvider.System, signers, mode, fetch);
        return fixture;
    }

    /// <summary>Closes the sink; its port refuses from then on.</summary>
    public async Task StopSinkAsync()
    {
        if (Sink is not null) await Sink.DisposeAsync();
        Sink = null;
    }

    public T Get<T>()
        where T : notnull => _provider.GetRequiredService<T>();

    /// <summary>A mailing being sent, with one recipient per address; the first name is the address's local part.</summary>
    public Task<MailingRow> MailingAsync(SourceMailing source, ClientDefinition client, params string[] addresses) =>
        MailingAsync(source, client, [.. addresses.Select(address => new Dictionary<string, string>(StringComparer.Ordinal) { ["email"] = address, ["firstname"] = address.Split('@')[0] })], []);

    /// <summary>A mailing being sent, with one recipient per row of columns; a column that is not in it is NULL.</summary>
    public async Task<MailingRow> MailingAsync(SourceMailing source, ClientDefinition client, IReadOnlyList<Dictionary<string, string>> rows, IReadOnlyList<byte[]> files)
    {
        var version = await Get<DefinitionStore>().ApplyAsync(client);
        var store = Get<MailingStore>();
        var row = await store.CreateAsync(new NewMailing
        {
            ClientId = client.Id,
            ClientVersion = version.Version,
            SourceId = source.Id,
            SourceVersion = 1,
            FileId = 1,
            Name = source.Name,
            Channel = source.Channel,
        });
        await Ledger.ImportAsync(row.MailingId, 0, [.. rows.Select(columns => new ImportedRecipient(columns.GetValueOrDefault("address") ?? columns["email"], Fields(client.List, columns)))]);
        await Get<LedgerWriter>().WriteAsync(context => RecipientLedger.Publish(context, 1));
        await store.FreezeAsync(row.MailingId, FrozenMailing.Of(source, client) with { Products = Products, Fetching = Fetching }, files);
        await store.MoveAsync(row.MailingId, MailingState.Sending, MailingState.Prepared);
        return store.Find(row.MailingId)!;
    }

    public Task<BatchResult> SendAsync(MailingRow mailing) =>
        Get<IBatchSender>().SendAsync(new BatchSlice(mailing.MailingId, 0), CancellationToken.None);

    public static SourceMailing Source(string html = "<p>Hello {{ firstname }}</p>", string? text = null) => new()
    {
        Id = 71,
        ClientId = 9,
        Name = "test",
        Subject = "For {{ firstname }}",
        Html = html,
        Text = text,
    };

    /// <summary>Ends the station as a restart does; the database stays.</summary>
    public async Task StopAsync()
    {
        await _provider.DisposeAsync();
        await StopSinkAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private byte[] Fields(ListDefinition list, Dictionary<string, string> columns)
    {
        var output = new ArrayBufferWriter<byte>();
        foreach (var field in list.Fields)
        {
            var value = columns.GetValueOrDefault(field.Name) ?? ValueOf(field.Name, columns.GetValueOrDefault("email") ?? "");
            RecipientFields.Write(output, System.Text.Encoding.UTF8.GetBytes(value ?? ""), value is null);
        }

        return output.WrittenSpan.ToArray();
    }
}
