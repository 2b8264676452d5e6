using ClosedLoop.Data.Retention;
using ClosedLoop.Intake.Orders.Folders;
using ClosedLoop.Model.Accounts;
using ClosedLoop.Model.Clients;

namespace ClosedLoop.Intake.Tests.Orders.Operations;

/// <summary>What is known of orders, and what they put where, does not stay for ever.</summary>
public sealed class Retention_of_orders
{
    private const string Draft = "<delivery method=\"manual\"/>";

    private static readonly string[] Tables = ["operation", "operation_transition", "operation_problem", "delivery", "delivery_note"];

    [Fact]
    public async Task An_operation_goes_with_all_that_is_known_of_it_when_its_mailing_was_given_up()
    {
        await using var harness = await OrderHarness.CreateAsync();
        var sent = await harness.RunAsync(AnOrder.Of(notes: "<notes><note><label>a</label><value>b</value></note></notes>"), AnOrder.Rows(2));
        var failed = await harness.RunAsync(AnOrder.Of(), ("list.csv", "email\nnobody\n"));
        var draft = await harness.RunAsync(AnOrder.Of(delivery: Draft), AnOrder.Rows(2));
        var purge = new OrderPurge(harness.Database, harness.Writer);
        var client = harness.Client.Value.Id;
        Assert.Equal(0, await purge.RemoveOperationsAsync(client, failed.EndedAt!.Value - 1_000_000_000, default));

        // The mailing is still whole, and the draft may be started any day.
        Assert.Equal(1, await purge.RemoveOperationsAsync(client, long.MaxValue, default));
        Assert.Null(harness.Operations.Find(failed.OperationId));
        await harness.Writer.WriteAsync(context => context.Execute("UPDATE mailing SET purged = 2 WHERE mailing_id = (SELECT delivery_id FROM delivery WHERE operation_id = $1)", sent.OperationId));
        Assert.Equal(0, await purge.RemoveOperationsAsync(client + 1, long.MaxValue, default));
        Assert.Equal(1, await purge.RemoveOperationsAsync(client, long.MaxValue, default));
        Assert.Null(harness.Operations.Find(sent.OperationId));
        Assert.NotNull(harness.Operations.Find(draft.OperationId));
        foreach (var table in Tables) Assert.Equal(0, harness.Scalar(FormattableString.Invariant($"SELECT COUNT(*) FROM {table} WHERE {(table == "delivery_note" ? "delivery_id NOT IN (SELECT delivery_id FROM delivery)" : $"operation_id <> {draft.OperationId}")}")));

        // Rows of user databases are the client's.
        Assert.Equal(4, harness.Scalar("SELECT COUNT(*) FROM contact"));
    }

    [Fact]
    public async Task A_page_on_the_web_goes_after_its_time_but_not_before_its_delivery()
    {
        await using var harness = await OrderHarness.CreateAsync();
        const string Message = "<publish_on_web>true</publish_on_web><preferred_content>rich_text</preferred_content><body><html><content><![CDATA[<p>Hello</p>]]></content></html></body>";
        var sent = await harness.RunAsync(AnOrder.Of(message: Message), AnOrder.Rows(1));
        var draft = await harness.RunAsync(AnOrder.Of(message: Message, delivery: Draft), AnOrder.Rows(1));
        var purge = new OrderPurge(harness.Database, harness.Writer);
        Assert.Equal(0, await purge.RemovePagesAsync(harness.Client.Value.Id, harness.Delivery(sent.OperationId).StartedAt!.Value - 1_000_000_000, default));
        Assert.Equal(1, await purge.RemovePagesAsync(harness.Client.Value.Id, long.MaxValue, default));
        Assert.Null(harness.Deliveries.Page(harness.Delivery(sent.OperationId).WebToken!));
        Assert.NotNull(harness.Deliveries.Page(harness.Delivery(draft.OperationId).WebToken!));
    }

    [Theory]
    [InlineData(AfterProcessing.Archive)]
    [InlineData(AfterProcessing.Keep)]
    public async Task Reports_and_archived_files_go_and_the_client_s_own_stay(AfterProcessing after)
    {
        await using var harness = await OrderHarness.CreateAsync(account => account with { XmlDelivery = account.XmlDelivery with { AfterProcessing = after } });
        await harness.RunAsync(AnOrder.Of(), AnOrder.Rows(1));
        harness.Put("other.report.txt");
        var upkeep = new OrderFolderUpkeep(harness.Accounts, harness.Operations, new OneFolder(harness.Folder));
        Assert.Equal(0, await upkeep.RunAsync(harness.Client.Value, DateTimeOffset.UnixEpoch, default));
        Assert.Equal(after == AfterProcessing.Archive ? 4 : 2, await upkeep.RunAsync(harness.Client.Value, harness.Clock.Now.AddDays(1), default));
        var left = Directory.GetFiles(harness.Root, "*", SearchOption.AllDirectories).Select(Path.GetFileName).Order(StringComparer.Ordinal);
        Assert.Equal(after == AfterProcessing.Archive ? ["other.report.txt"] : ["list.csv", "order.xml", "other.report.txt"], left);
    }

    private sealed class OneFolder(IOrderFolder folder) : IOrderFolders
    {
        public IOrderFolder Open(ClientDefinition client, OrderConfiguration configuration) => folder;
    }
}
