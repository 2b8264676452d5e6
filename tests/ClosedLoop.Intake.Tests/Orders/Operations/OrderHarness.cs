using System.Text;
using ClosedLoop.Data;
using ClosedLoop.Data.Accounts;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Contacts;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Migrations;
using ClosedLoop.Data.Notices;
using ClosedLoop.Data.Orders;
using ClosedLoop.Intake.Orders;
using ClosedLoop.Intake.Orders.Deliveries;
using ClosedLoop.Intake.Orders.Folders;
using ClosedLoop.Intake.Orders.Operations;
using ClosedLoop.Intake.Tests.Files;
using ClosedLoop.Model.Accounts;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Orders;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClosedLoop.Intake.Tests.Orders.Operations;

/// <summary>The whole way of an order over a real database and a real folder; only the grains and the renderer are stood in for.</summary>
internal sealed class OrderHarness : IAsyncDisposable, IContentJudge, ICodedContent
{
    private readonly TemporaryFolder _folder = new();

    private OrderHarness(DateTimeOffset now)
    {
        Clock = new LeapingClock(now);
        Database = new Database(_folder.Of("closedloop.db"));
        Migrator.Migrate(Database, TimeProvider.System);
        Writer = new LedgerWriter(Database, Clock);
        Definitions = new DefinitionStore(Database, Writer);
        Accounts = new AccountStore(Database, Writer);
        Contacts = new ContactStore(Database, Writer, Clock);
        Operations = new OperationStore(Database, Writer, Clock);
        Deliveries = new DeliveryStore(Database, Writer, Clock);
        Mailings = new MailingStore(Database, Writer, Clock);
        Ledger = new RecipientLedger(Database, Writer, Clock);
        Notices = new NoticeStore(Database, Writer, Clock);
        Switchboard = new RecordingSwitchboard(Mailings);
        Folder = new LocalOrderFolder(_folder.Of("orders"));
    }

    public LeapingClock Clock { get; }

    public Database Database { get; }

    public LedgerWriter Writer { get; }

    public DefinitionStore Definitions { get; }

    public AccountStore Accounts { get; }

    public ContactStore Contacts { get; }

    public OperationStore Operations { get; }

    public DeliveryStore Deliveries { get; }

    public MailingStore Mailings { get; }

    public RecipientLedger Ledger { get; }

    public NoticeStore Notices { get; }

    public RecordingSwitchboard Switchboard { get; set; }

    public IOrderFolder Folder { get; set; }

    public Versioned<ClientDefinition> Client { get; private set; } = null!;

    public AccountDefinition Account { get; private set; } = null!;

    public OrderLimits Limits { get; set; } = OrderLimits.Default;

    public IOrderChannels Channels { get; set; } = new ClientChannels();

    /// <summary>What the renderer would say of the content.</summary>
    public string? ContentFault { get; set; }

    /// <summary>Called after each durable step; throws to stand for a crash.</summary>
    public Action<long, OperationStep>? Reached { get; set; }

    /// <summary>Where the folder lies.</summary>
    public string Root => _folder.Of("orders");

    public string WorkPath => _folder.Of("work");

    public static async Task<OrderHarness> CreateAsync(Func<AccountDefinition, AccountDefinition>? change = null, DateTimeOffset? now = null, ChannelSettings? channels = null)
    {
        var harness = new OrderHarness(now ?? new DateTimeOffset(2031, 5, 2, 8, 0, 4, TimeSpan.Zero));
        harness.Client = await harness.Definitions.ApplyAsync(Subscribers.Given.Client with { Channels = channels ?? new ChannelSettings() });
        var account = Given.Account();
        account = account with { XmlDelivery = account.XmlDelivery with { Enabled = true } };
        await harness.ApplyAsync(change is null ? account : change(account));
        return harness;
    }

    public async Task ApplyAsync(AccountDefinition account)
    {
        Account = account;
        await Accounts.ApplyAsync(Client.Value.Id, account);
    }

    public OrderIntake Intake() => new(
        Accounts, Contacts, Operations, Deliveries, new OrderCopyStore(Database, Writer), Notices, Writer, Starter(), Channels, this, this,
        new OrderOptions { WorkPath = WorkPath, Limits = Limits, Reached = Reached }, Clock, NullLogger<OrderIntake>.Instance);

    public DeliveryStarter Starter() => new(
        Definitions, Accounts, Contacts, Deliveries, Mailings, Ledger, Writer, Switchboard, Clock, NullLogger<DeliveryStarter>.Instance);

    /// <summary>Puts a file into the folder.</summary>
    public void Put(string name, string content = "") => Put(name, Encoding.UTF8.GetBytes(content));

    public void Put(string name, byte[] content) => File.WriteAllBytes(Path.Combine(Root, name), content);

    /// <summary>Puts an example of the specification into the folder, semaphore and all.</summary>
    public void PutExample(string name)
    {
        Put(name + ".xml", File.ReadAllText(Given.ExamplePath(name + ".xml")));
        if (File.Exists(Given.ExamplePath(name + ".csv"))) Put(name + ".csv", File.ReadAllText(Given.ExamplePath(name + ".csv")));
        Put(name + ".xml.ok");
    }

    /// <summary>An order and its semaphore.</summary>
    public void PutOrder(string xml, string name = "order", params (string Name, string Content)[] lists)
    {
        Put(name + ".xml", xml);
        foreach (var (list, content) in lists) Put(list, content);
        Put(name + ".xml.ok");
    }

    /// <summary>Rows that no order has brought.</summary>
    public async Task LoadAsync(string csv, long database = 1)
    {
        var (_, problems) = await new ContactLoader(Accounts, Contacts).LoadAsync(Client.Value.Id, database, () => new MemoryStream(Encoding.UTF8.GetBytes(csv)), "load.csv");
        Assert.Empty(problems.Kept);
    }

    /// <summary>One poll: accepts a semaphore and works its order off.</summary>
    public async Task<OperationRow?> CycleAsync()
    {
        var intake = Intake();
        return await intake.AcceptAsync(Client, Folder) is { } id ? await intake.RunAsync(Client, Folder, id, afterCrash: false) : null;
    }

    public async Task<OperationRow> RunAsync(string xml, params (string Name, string Content)[] lists)
    {
        PutOrder(xml, "order", lists);
        return await CycleAsync() ?? throw new InvalidOperationException("nothing was accepted");
    }

    /// <summary>What a start after a crash does.</summary>
    public async Task<IReadOnlyList<OperationRow>> RestartAsync()
    {
        var ended = new List<OperationRow>();
        foreach (var open in Operations.Open(Client.Value.Id)) ended.Add(await Intake().RunAsync(Client, Folder, open.OperationId, afterCrash: true));
        await Starter().DriveAsync(Client.Value.Id, new HashSet<long>(), default);
        return ended;
    }

    public string[] Problems(long operationId) => [.. Operations.Problems(operationId).Select(problem => problem.Code)];

    public string[] Steps(long operationId) => [.. Operations.Transitions(operationId).Select(transition => transition.SubStatus)];

    public string Report(string name = "order") => File.ReadAllText(Path.Combine(Root, name + ".report.xml"));

    public bool Exists(string name) => File.Exists(Path.Combine(Root, name));

    public DeliveryRow Delivery(long operationId, bool test = false) => Deliveries.OfOperation(operationId).SingleOrDefault(delivery => delivery.Test == test)
        ?? throw new InvalidOperationException(string.Join(Environment.NewLine, Operations.Problems(operationId).Select(problem => problem.Text)));

    /// <summary>Addresses of a delivery's mailing, in order.</summary>
    public string[] Recipients(long deliveryId)
    {
        using var connection = Database.OpenRead();
        using var statement = new Statement(connection, "SELECT address FROM recipient WHERE mailing_id = $1 ORDER BY sequence");
        using var reader = statement.Query(deliveryId);
        var addresses = new List<string>();
        while (reader.Read()) addresses.Add(reader.GetString(0));
        return [.. addresses];
    }

    public FrozenMailing Content(long deliveryId) => Mailings.ReadFrozen(Deliveries.Find(deliveryId)!.ContentHash);

    public long Scalar(string sql)
    {
        using var connection = Database.OpenRead();
        using var statement = new Statement(connection, sql);
        return statement.Scalar();
    }

    /// <summary>Mails to people, by address.</summary>
    public ILookup<string, DueNotice> Mails() => Notices.Due(100).ToLookup(notice => notice.Address);

    /// <summary>What stands in place of the codes that fetch; <c>null</c> leaves the message as it is.</summary>
    public Func<FrozenMailing, IReadOnlyList<string>, CodedMailing>? Fetched { get; set; }

    Task<CodedMailing> ICodedContent.FetchAsync(FrozenMailing content, IReadOnlyList<string> hosts, CancellationToken cancellation) =>
        Task.FromResult(Fetched?.Invoke(content, hosts) ?? new CodedMailing(content, []));

    IReadOnlyList<string> IContentJudge.DoubtsOf(FrozenMailing content) => ["LT203 there is no text part"];

    string? IContentJudge.FaultOf(FrozenMailing content) => ContentFault;

    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }
}
