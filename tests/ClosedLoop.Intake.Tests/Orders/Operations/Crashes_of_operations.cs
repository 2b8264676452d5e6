using ClosedLoop.Data.Silos;
using ClosedLoop.Intake.Orders.Operations;
using ClosedLoop.Intake.Tests.Files;
using ClosedLoop.Model.Orders;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClosedLoop.Intake.Tests.Orders.Operations;

public sealed class Crashes_of_operations
{
    public static TheoryData<OperationStep, string> Steps()
    {
        var steps = new TheoryData<OperationStep, string>();
        foreach (var step in Enum.GetValues<OperationStep>())
        {
            foreach (var method in new[] { "auto", "manual" }) steps.Add(step, method);
        }

        return steps;
    }

    [Trait("XmlCheck", "25")]
    [Theory]
    [MemberData(nameof(Steps))]
    public async Task After_each_step_the_operation_goes_on_and_nobody_is_mailed_twice(OperationStep step, string method)
    {
        await using var harness = await OrderHarness.CreateAsync();
        harness.PutOrder(
            AnOrder.Of(AnOrder.List + "<test_recipients><test_recipient><email>qa@example.com</email></test_recipient></test_recipients>", $"<delivery method=\"{method}\"/>"), "order", AnOrder.Rows(2500));
        harness.Reached = (_, reached) =>
        {
            if (reached == step) throw new CrashException();
        };
        await Assert.ThrowsAsync<CrashException>(harness.CycleAsync);
        harness.Reached = null;
        var ended = Assert.Single(await harness.RestartAsync());
        Assert.Equal((OperationStatus.Recovered, true, 2501L), (ended.Status, ended.Closed, ended.RowsAdded));
        Assert.Equal(2501, harness.Scalar("SELECT COUNT(*) FROM contact"));
        var (test, normal) = (harness.Delivery(ended.OperationId, test: true), harness.Delivery(ended.OperationId));
        Assert.Equal(["qa@example.com"], harness.Recipients(test.DeliveryId));
        Assert.Equal(method == "auto" ? 2500 : 0, harness.Recipients(normal.DeliveryId).Length);
        Assert.Equal(method == "auto" ? [test.DeliveryId, normal.DeliveryId] : [test.DeliveryId], harness.Switchboard.Started);
        Assert.Equal(2, harness.Scalar("SELECT COUNT(*) FROM mailing"));
        Assert.Equal(2, harness.Scalar("SELECT COUNT(*) FROM auto_filter"));
        Assert.Empty(await harness.RestartAsync());
        Assert.Null(await harness.CycleAsync());
        Assert.True(harness.Exists("order.report.xml.done"));
        Assert.Empty(harness.Contacts.Locks(harness.Client.Value.Id));
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task A_silo_that_was_overtaken_after_a_step_changes_nothing_more(OperationStep step, string method)
    {
        await using var harness = await OrderHarness.CreateAsync();
        var holds = new WorkHolds(harness.Database, harness.Writer);
        harness.PutOrder(AnOrder.Of(AnOrder.List, $"<delivery method=\"{method}\"/>"), "order", AnOrder.Rows(2500));
        WorkHold? next = null;
        harness.Reached = (_, reached) =>
        {
            // Another silo takes the account's orders while this one stands still here.
            if (reached == step) next ??= Take(holds);
        };
        await Assert.ThrowsAsync<OvertakenException>(async () =>
        {
            using var old = (await holds.TakeAsync("orders/demo")).Enter();
            await harness.CycleAsync();
        });
        harness.Reached = null;
        var left = Assert.Single(harness.Operations.Open(harness.Client.Value.Id));
        Assert.Equal((step, false), (left.Step, left.Closed));
        using (next!.Enter())
        {
            var ended = Assert.Single(await harness.RestartAsync());
            Assert.Equal((OperationStatus.Recovered, true, 2500L), (ended.Status, ended.Closed, ended.RowsAdded));
            Assert.Equal(method == "auto" ? 2500 : 0, harness.Recipients(harness.Delivery(ended.OperationId).DeliveryId).Length);
        }

        Assert.Equal(2500, harness.Scalar("SELECT COUNT(*) FROM contact"));
        Assert.Equal(1, harness.Scalar("SELECT COUNT(*) FROM mailing"));
        Assert.True(harness.Exists("order.report.xml.done"));
    }

    [Fact]
    public async Task Copies_of_an_operation_that_ended_elsewhere_are_removed()
    {
        await using var harness = await OrderHarness.CreateAsync();
        var ended = await harness.RunAsync(AnOrder.Of(AnOrder.List), AnOrder.Rows(3));
        harness.PutOrder(AnOrder.Of(AnOrder.List), "next", AnOrder.Rows(3));
        harness.Reached = (_, reached) =>
        {
            if (reached == OperationStep.Checked) throw new CrashException();
        };
        await Assert.ThrowsAsync<CrashException>(harness.CycleAsync);
        var open = Assert.Single(harness.Operations.Open(harness.Client.Value.Id));
        string Of(string name) => Path.Combine(harness.WorkPath, name);
        var left = Of(ended.OperationId.ToString(System.Globalization.CultureInfo.InvariantCulture));
        foreach (var folder in new[] { left, Of("other") })
        {
            Directory.CreateDirectory(folder);
            await File.WriteAllTextAsync(Path.Combine(folder, "order.xml"), "");
        }

        using var upkeep = new OrderCopyUpkeep(harness.Operations, new OrderOptions { WorkPath = harness.WorkPath }, TimeProvider.System, NullLogger<OrderCopyUpkeep>.Instance);
        await upkeep.StartAsync(CancellationToken.None);
        while (Directory.Exists(left)) await Task.Delay(5);
        await upkeep.StopAsync(CancellationToken.None);
        Assert.True(Directory.Exists(Of(open.OperationId.ToString(System.Globalization.CultureInfo.InvariantCulture))));
        Assert.True(Directory.Exists(Of("other")));
    }

    [Trait("XmlCheck", "25")]
    [Fact]
    public async Task An_order_that_was_wrong_is_so_after_a_crash()
    {
        await using var harness = await OrderHarness.CreateAsync();
        harness.PutOrder(AnOrder.Of());
        harness.Reached = (_, reached) =>
        {
            if (reached == OperationStep.OrderCopied) throw new CrashException();
        };
        await Assert.ThrowsAsync<CrashException>(harness.CycleAsync);
        harness.Reached = null;
        var ended = Assert.Single(await harness.RestartAsync());
        Assert.Equal((OperationStatus.Error, true), (ended.Status, ended.Closed));
        Assert.Equal(["E-05"], harness.Problems(ended.OperationId));
    }

    private static WorkHold Take(WorkHolds holds) => Task.Run(() => holds.TakeAsync("orders/demo")).GetAwaiter().GetResult();
}
