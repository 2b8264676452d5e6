using System.Buffers;
using System.Text;
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
using ClosedLoop.Delivery;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Lists;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Model.Tokens;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Benchmarks.Channels;

/// <summary>The sending station on a database of its own: due recipients are read, rendered, claimed durably, handed over and recorded durably, in eight slices at a time.</summary>
internal static class ChannelLoad
{
    private const string Secret = "CLOSEDLOOP_BENCH_SECRET";
    private const int Slices = 8;

    public static async Task<ChannelRate> RunAsync(string provider, int messages, int window, SinkProcess sink, string folder)
    {
        Environment.SetEnvironmentVariable(Secret, "secret");
        Directory.CreateDirectory(folder);
        await using var services = Services(folder, window);
        var (client, source) = Definitions(provider, sink, window);
        var mailing = await MailingAsync(services, client, source, messages);
        var sender = services.GetRequiredService<IBatchSender>();
        var ledger = services.GetRequiredService<RecipientLedger>();
        var rate = await ChannelRate.MeasureAsync(provider, isPeer: false, async () =>
        {
            await Parallel.ForAsync(0, (messages + BatchSlice.Size - 1) / BatchSlice.Size, new ParallelOptions { MaxDegreeOfParallelism = Slices }, async (slice, cancellation) =>
            {
                while ((await sender.SendAsync(new BatchSlice(mailing.MailingId, slice), cancellation)).NextDue is not null)
                {
                    // A turn that left somebody waiting is followed by another one.
                }
            });
            return ledger.Count(mailing.MailingId).Sent;
        });
        await services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        return rate;
    }

    private static ServiceProvider Services(string folder, int window)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(_ =>
        {
            var database = new Database(Path.Combine(folder, "bench.db"));
            Migrator.Migrate(database, TimeProvider.System);
            return database;
        });
        services.AddSingleton<LedgerWriter>().AddSingleton<DefinitionStore>().AddSingleton<MailingStore>().AddSingleton<RecipientLedger>().AddSingleton<LaneStore>().AddSingleton<LaneLimitStore>().AddSingleton<ConnectionTraceStore>().AddSingleton<NoticeStore>().AddSingleton<Blocklist>().AddSingleton<ProductStore>();
        services.AddSingleton(provider => new ErasedPeople(provider.GetRequiredService<Database>(), provider.GetRequiredService<LedgerWriter>(), () => new ErasureKey(new byte[ErasureKey.Size])));
        services.AddSingleton(new SigningKeys(SigningKey.Create(1))).AddSingleton<TrackingTokenCodec>().AddSingleton<AddressTokenCodec>();
        services.AddDelivery(new DeliveryOptions { Mode = DeliveryMode.Live, TrackingBase = new Uri("https://t.example"), InDoubtWindow = window, GroupSize = Math.Max(1, window / Slices) });
        return services.BuildServiceProvider();
    }

    private static (ClientDefinition Client, SourceMailing Source) Definitions(string provider, SinkProcess sink, int window)
    {
        var sms = new SmsSettings { From = "+4915550000000" };
        var channels = provider switch
        {
            "twilio" => new ChannelSettings { Sms = sms with { Twilio = new TwilioSettings { AccountSid = "AC", AuthTokenSetting = Secret, BaseUrl = sink.Http } } },
            "smpp" => new ChannelSettings { Sms = sms with { Smpp = new SmppSettings { Host = "127.0.0.1", Port = sink.SmppPort, SystemId = "bench", PasswordSetting = Secret, Window = window } } },
            "fcm" => new ChannelSettings { Push = new PushSettings { Fcm = new FcmSettings { ServiceAccountFile = sink.ServiceAccount, BaseUrl = sink.Http } } },
            "apns" => new ChannelSettings { Push = new PushSettings { Apns = new ApnsSettings { KeyFile = sink.AppleKey, KeyId = "KEY4567890", TeamId = "TEAM567890", Topic = "com.example.bench", BaseUrl = sink.Https, CertificateFile = sink.Authority } } },
            _ => throw new ArgumentException($"unknown provider '{provider}'; expected twilio, smpp, fcm or apns", nameof(provider)),
        };
        var client = new ClientDefinition
        {
            Id = 9,
            Key = "bench",
            List = new ListDefinition { Fields = [new() { Name = "email" }, new() { Name = "firstname" }, new() { Name = "phone" }, new() { Name = "push_token", Length = 4000 }, new() { Name = "push_platform" }] },
            Sender = new SenderSettings { Address = "news@sender.example" },
            Channels = channels,
        };
        var source = new SourceMailing { Id = 71, ClientId = 9, Name = provider, Subject = "", TrackClicks = false };
        return (client, channels.Sms is not null
            ? source with { Channel = MessageChannel.Sms, Text = "Hello {{ firstname }}, doors open at 9" }
            : source with { Channel = MessageChannel.Push, Push = new PushTemplates { Title = "For {{ firstname }}", Body = "Doors open" } });
    }

    private static async Task<MailingRow> MailingAsync(ServiceProvider services, ClientDefinition client, SourceMailing source, int messages)
    {
        var version = await services.GetRequiredService<DefinitionStore>().ApplyAsync(client);
        var store = services.GetRequiredService<MailingStore>();
        var ledger = services.GetRequiredService<RecipientLedger>();
        var row = await store.CreateAsync(new NewMailing { ClientId = client.Id, ClientVersion = version.Version, SourceId = source.Id, SourceVersion = 1, FileId = 1, Name = source.Name, Channel = source.Channel });
        var fields = new ArrayBufferWriter<byte>();
        foreach (var field in client.List.Fields) RecipientFields.Write(fields, Encoding.UTF8.GetBytes(field.Name == "firstname" ? "Anna" : ""), field.Name != "firstname");
        await ledger.ImportAsync(row.MailingId, 0, [.. Enumerable.Range(0, messages).Select(i => new ImportedRecipient(AddressOf(client, i), fields.WrittenSpan.ToArray()))]);
        await services.GetRequiredService<LedgerWriter>().WriteAsync(context => RecipientLedger.Publish(context, 1));
        await store.FreezeAsync(row.MailingId, FrozenMailing.Of(source, client), []);
        await store.MoveAsync(row.MailingId, MailingState.Sending, MailingState.Prepared);
        return store.Find(row.MailingId)!;
    }

    private static string AddressOf(ClientDefinition client, int i) => client.Channels switch
    {
        { Sms: not null } => FormattableString.Invariant($"+49151{i:00000000}"),
        { Push.Fcm: not null } => FormattableString.Invariant($"fcm:device-{i}"),
        _ => FormattableString.Invariant($"apns:{i:x64}"),
    };
}
