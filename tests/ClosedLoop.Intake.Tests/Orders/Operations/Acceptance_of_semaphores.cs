using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Tests.Orders.Operations;

public sealed class Acceptance_of_semaphores
{
    [Trait("XmlCheck", "1")]
    [Fact]
    public async Task Without_a_semaphore_nothing_is_touched_in_any_number_of_cycles()
    {
        await using var harness = await OrderHarness.CreateAsync();
        harness.PutOrder(AnOrder.Of(), "order", AnOrder.Rows(2));
        File.Delete(Path.Combine(harness.Root, "order.xml.ok"));
        for (var cycle = 0; cycle < 10; cycle++) Assert.Null(await harness.CycleAsync());
        Assert.Equal(["list.csv", "order.xml"], Directory.GetFiles(harness.Root).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
        Assert.Equal(0, harness.Scalar("SELECT COUNT(*) FROM operation"));
    }

    [Trait("XmlCheck", "2")]
    [Theory]
    [InlineData("order.xml.ok", null)]
    [InlineData("order.ok", null)]
    [InlineData("order.XML.OK", null)]
    [InlineData("order.xml.ok", "order.ok")]
    public async Task Both_names_mean_the_same_and_together_they_start_one_operation(string semaphore, string? other)
    {
        await using var harness = await OrderHarness.CreateAsync();
        harness.PutOrder(AnOrder.Of(), "order", AnOrder.Rows(2));
        File.Delete(Path.Combine(harness.Root, "order.xml.ok"));
        harness.Put(semaphore);
        if (other is not null) harness.Put(other);
        Assert.Equal(OperationStatus.Success, (await harness.CycleAsync())!.Status);
        Assert.Null(await harness.CycleAsync());
        Assert.Equal(1, harness.Scalar("SELECT COUNT(*) FROM operation"));
        Assert.DoesNotContain(Directory.GetFiles(harness.Root), path => path.EndsWith(".ok", StringComparison.OrdinalIgnoreCase));
    }

    [Trait("XmlCheck", "3")]
    [Fact]
    public async Task Three_semaphores_take_three_cycles_the_oldest_first()
    {
        await using var harness = await OrderHarness.CreateAsync();
        foreach (var (name, minute) in new[] { ("b", 3), ("c", 1), ("a", 3) })
        {
            harness.PutOrder(AnOrder.Of(), name, AnOrder.Rows(1));
            File.SetLastWriteTimeUtc(Path.Combine(harness.Root, name + ".xml.ok"), new DateTime(2031, 5, 2, 7, minute, 0, DateTimeKind.Utc));
        }

        var names = new List<string>();
        for (var cycle = 0; cycle < 4; cycle++)
        {
            if (await harness.CycleAsync() is { } operation) names.Add(operation.Name);
        }

        Assert.Equal(["c", "a", "b"], names);
    }

    [Trait("XmlCheck", "4")]
    [Fact]
    public async Task The_semaphore_is_gone_before_anything_is_read_even_of_an_order_that_is_wrong()
    {
        await using var harness = await OrderHarness.CreateAsync();
        harness.PutOrder("<contactlab/>");
        var id = await harness.Intake().AcceptAsync(harness.Client, harness.Folder);
        Assert.False(harness.Exists("order.xml.ok"));
        var operation = await harness.Intake().RunAsync(harness.Client, harness.Folder, id!.Value, afterCrash: false);
        Assert.Equal((OperationStatus.Error, "XML_ERROR"), (operation.Status, operation.SubStatus));
    }

    [Trait("XmlCheck", "5")]
    [Theory]
    [InlineData(false, "E-01")]
    [InlineData(true, "E-05")]
    public async Task What_is_missing_ends_the_operation_with_record_feedback_and_marker(bool withOrder, string key)
    {
        await using var harness = await OrderHarness.CreateAsync(account => account with { XmlDelivery = account.XmlDelivery with { ReportRecipients = ["ops@example.com"] } });
        if (withOrder) harness.Put("order.xml", AnOrder.Of());
        harness.Put("order.xml.ok");
        var operation = (await harness.CycleAsync())!;
        Assert.Equal((OperationStatus.Error, "GENERIC_ERROR", true), (operation.Status, operation.SubStatus, operation.Closed));
        Assert.Equal([key], harness.Problems(operation.OperationId));
        Assert.Contains($"<error time=\"2031-05-02T10:00:04+02:00\">{key}", harness.Report(), StringComparison.Ordinal);
        Assert.True(harness.Exists("order.report.xml.done"));
        Assert.Contains(key, harness.Mails()["ops@example.com"].Single().Body, StringComparison.Ordinal);
        Assert.Empty(harness.Deliveries.OfOperation(operation.OperationId));
        Assert.Equal(0, harness.Scalar("SELECT COUNT(*) FROM contact"));
    }

    [Trait("XmlCheck", "6")]
    [Fact]
    public async Task What_is_in_a_semaphore_does_not_matter()
    {
        await using var harness = await OrderHarness.CreateAsync();
        harness.PutOrder(AnOrder.Of(), "order", AnOrder.Rows(1));
        harness.Put("order.xml.ok", "anything at all");
        Assert.Equal(OperationStatus.Success, (await harness.CycleAsync())!.Status);
    }

    [Trait("XmlCheck", "7")]
    [Fact]
    public async Task The_same_name_waits_while_it_runs_and_works_again_afterwards()
    {
        await using var harness = await OrderHarness.CreateAsync();
        harness.PutOrder(AnOrder.Of(), "order", AnOrder.Rows(1));
        var first = await harness.Intake().AcceptAsync(harness.Client, harness.Folder);
        harness.Put("order.xml.ok");
        Assert.Null(await harness.CycleAsync());
        Assert.True(harness.Exists("order.xml.ok"));
        await harness.Intake().RunAsync(harness.Client, harness.Folder, first!.Value, afterCrash: false);
        Assert.True(harness.Exists("order.report.xml.done"));
        var second = await harness.CycleAsync();
        Assert.NotEqual(first, second!.OperationId);
        Assert.Equal(OperationStatus.Success, second.Status);
        Assert.Equal(2, harness.Switchboard.Started.Count);
    }

    [Fact]
    public async Task No_more_operations_run_at_the_same_time_than_the_configuration_allows()
    {
        await using var harness = await OrderHarness.CreateAsync(account => account with { XmlDelivery = account.XmlDelivery with { MaxParallel = 2 } });
        foreach (var name in new[] { "a", "b", "c" }) harness.PutOrder(AnOrder.Of(), name, AnOrder.Rows(1));
        Assert.NotNull(await harness.Intake().AcceptAsync(harness.Client, harness.Folder));
        Assert.NotNull(await harness.Intake().AcceptAsync(harness.Client, harness.Folder));
        Assert.Null(await harness.Intake().AcceptAsync(harness.Client, harness.Folder));
    }

    [Trait("XmlCheck", "26")]
    [Fact]
    public async Task Of_two_workers_one_gets_the_semaphore()
    {
        await using var harness = await OrderHarness.CreateAsync();
        for (var round = 0; round < 20; round++)
        {
            var name = FormattableString.Invariant($"order{round}");
            harness.PutOrder(AnOrder.Of(), name, AnOrder.Rows(1));
            var claims = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => harness.Intake().AcceptAsync(harness.Client, harness.Folder))));
            var won = Assert.Single(claims, claim => claim is not null);
            await harness.Intake().RunAsync(harness.Client, harness.Folder, won!.Value, afterCrash: false);
        }

        Assert.Equal(20, harness.Scalar("SELECT COUNT(*) FROM operation"));
        Assert.Equal(20, harness.Switchboard.Started.Count);
    }

    [Theory]
    [InlineData("Keep", new[] { "list.csv", "order.xml" })]
    [InlineData("Delete", new string[0])]
    [InlineData("Archive", new string[0])]
    public async Task Order_and_lists_stay_go_or_are_set_aside(string after, string[] left)
    {
        await using var harness = await OrderHarness.CreateAsync(
            account => account with { XmlDelivery = account.XmlDelivery with { AfterProcessing = Enum.Parse<Model.Accounts.AfterProcessing>(after) } });
        await harness.RunAsync(AnOrder.Of(), AnOrder.Rows(1));
        Assert.Equal(left, Directory.GetFiles(harness.Root).Select(path => Path.GetFileName(path)!).Where(name => !name.Contains("report", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        if (after == "Archive") Assert.Equal(["20310502080004-list.csv", "20310502080004-order.xml"], Directory.GetFiles(Path.Combine(harness.Root, "processed")).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
    }
}
