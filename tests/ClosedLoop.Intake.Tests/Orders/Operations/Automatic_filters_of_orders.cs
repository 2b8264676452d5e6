using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Tests.Orders.Operations;

/// <summary>A filter that an order made by itself serves later orders by its number (xml-delivery spec section 6).</summary>
public sealed class Automatic_filters_of_orders
{
    private const string Tested = AnOrder.List + "<test_recipients><test_recipient><email>qa@example.com</email></test_recipient></test_recipients>";

    [Fact]
    public async Task A_later_order_reaches_the_rows_that_an_earlier_one_brought()
    {
        await using var harness = await OrderHarness.CreateAsync();
        await harness.LoadAsync("email,firstname\nolder@example.com,O\n");
        var first = await harness.RunAsync(AnOrder.Of(Tested), AnOrder.Rows(2));
        var made = harness.Delivery(first.OperationId);
        var second = await harness.RunAsync(AnOrder.Of(Filter(harness.Delivery(first.OperationId, test: true).FilterId, made.FilterId)));
        Assert.Equal((OperationStatus.Success, made.FilterId), (second.Status, harness.Delivery(second.OperationId).FilterId));
        Assert.Equal(["reader.0@example.com", "reader.1@example.com"], harness.Recipients(harness.Delivery(second.OperationId).DeliveryId));
        Assert.Equal(["qa@example.com"], harness.Recipients(harness.Delivery(second.OperationId, test: true).DeliveryId));
        Assert.Equal(4, harness.Scalar("SELECT COUNT(*) FROM contact"));
    }

    [Fact]
    public async Task One_of_a_test_of_another_database_or_of_a_failed_order_is_refused()
    {
        await using var harness = await OrderHarness.CreateAsync(account => account with
        {
            Databases = [.. account.Databases, account.Databases[0] with { Id = 77 }],
            Groups = [.. account.Groups, account.Groups.First(group => group.Id == 2103) with { Id = 2177, Database = 77 }],
        });
        var first = await harness.RunAsync(AnOrder.Of(Tested), AnOrder.Rows(2));
        var (normal, test) = (harness.Delivery(first.OperationId).FilterId, harness.Delivery(first.OperationId, test: true).FilterId);
        foreach (var (xml, why) in new[]
        {
            (AnOrder.Of(Filter(null, test)), "of type Test"), (AnOrder.Of(Filter(normal, null)), "of type Normal"),
            (AnOrder.Of(Filter(null, normal), group: 2177), "another database"), (AnOrder.Of(Filter(null, normal + 50)), "has no filter"),
        })
        {
            var refused = await harness.RunAsync(xml);
            Assert.Contains("E-11", harness.Problems(refused.OperationId));
            Assert.Contains(why, string.Join('|', harness.Operations.Problems(refused.OperationId).Select(problem => problem.Text)), StringComparison.Ordinal);
        }

        await harness.Writer.WriteAsync(context => context.Execute("UPDATE operation SET status = 2 WHERE operation_id = $1", first.OperationId));
        Assert.Contains("E-11", harness.Problems((await harness.RunAsync(AnOrder.Of(Filter(null, normal)))).OperationId));
    }

    private static string Filter(long? test, long? normal) => FormattableString.Invariant($"<filter>{(test is null ? "" : $"<test>{test}</test>")}{(normal is null ? "" : $"<normal>{normal}</normal>")}</filter>");
}
