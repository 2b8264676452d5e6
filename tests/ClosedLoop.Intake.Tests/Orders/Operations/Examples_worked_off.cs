using ClosedLoop.Model;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Tests.Orders.Operations;

/// <summary>Examples A to D (xml-delivery spec section 15), from semaphore to report.</summary>
public sealed class Examples_worked_off
{
    [Trait("XmlCheck", "8")]
    [Fact]
    public async Task A_inserts_three_rows_and_sends_two_messages()
    {
        await using var harness = await OrderHarness.CreateAsync();
        harness.PutExample("order-a");
        var operation = (await harness.CycleAsync())!;
        Assert.Equal((OperationStatus.Success, true), (operation.Status, operation.Closed));
        Assert.Equal((3, 3, 0), (operation.RowsRead, operation.RowsAdded, operation.RowsSkipped));
        var delivery = harness.Delivery(operation.OperationId);
        Assert.Equal((DeliveryState.Started, "Order confirmations May", true), (delivery.State, delivery.Name, delivery.Transactional));
        Assert.Equal(["ada@example.com", "bruno@example.com"], harness.Recipients(delivery.DeliveryId));
        Assert.Equal([delivery.DeliveryId], harness.Switchboard.Started);
        Assert.Equal(3, harness.Contacts.Count(harness.Client.Value.Id, 1, delivery.Code));
        Assert.Equal(new OrderNote("campaign_code", "ORD-2031-05"), Assert.Single(harness.Deliveries.Notes(delivery.DeliveryId)));
        Assert.Equal(
            [
                "SEMAPHORE_FOUND", "SEMAPHORE_DELETED", "XML_CONFIGURATION_FILE_FOUND", "DOWNLOAD_XML_COMPLETED", "USER_REQUESTING", "DOWNLOAD_CSV_ZIP_COMPLETED",
                "RECIPIENTS_UPLOAD_STARTED", "RECIPIENTS_ADDED", "RECIPIENTS_UPLOAD_FINISHED", "QUALIFIER_ID", "DELIVERY_CONTENT", "DELIVERY_ID", "DELIVERY_STARTED", "DELIVERY_FINISHED",
            ], harness.Steps(operation.OperationId));
        Assert.All(harness.Operations.Transitions(operation.OperationId), transition => Assert.NotNull(transition.EndedAt));
        Assert.Equal("ops@example.com", Assert.Single(harness.Mails()).Key);
        Assert.True(harness.Exists("order-a.xml") && harness.Exists("order-a.csv"));
        Assert.False(harness.Exists("order-a.xml.ok"));
        Assert.False(Directory.Exists(Path.Combine(harness.WorkPath, FormattableString.Invariant($"{operation.OperationId}"))));
    }

    [Trait("XmlCheck", "8")]
    [Fact]
    public async Task B_tests_at_once_and_waits_until_its_time_in_Rome()
    {
        await using var harness = await OrderHarness.CreateAsync();
        await harness.LoadAsync("email,age,last_order\nqa@example.com,20,2031-05-01\nboss@example.com,10,2020-01-01\nada@example.com,30,2031-04-01\n");
        harness.PutExample("order-b");
        var operation = (await harness.CycleAsync())!;
        Assert.Equal(OperationStatus.Success, operation.Status);
        var (test, normal) = (harness.Delivery(operation.OperationId, test: true), harness.Delivery(operation.OperationId));
        Assert.Equal((DeliveryState.Started, DeliveryState.Waiting), (test.State, normal.State));
        Assert.Equal(["qa@example.com", "boss@example.com"], harness.Recipients(test.DeliveryId));
        Assert.Empty(harness.Recipients(normal.DeliveryId));
        Assert.Equal(new DateTimeOffset(2031, 5, 14, 7, 30, 0, TimeSpan.Zero), Instants.FromMicroseconds(normal.StartAt!.Value));
        Assert.Equal((31, 45), (test.FilterId, normal.FilterId));
        var content = harness.Content(normal.DeliveryId).Source;
        Assert.Equal(("news@example.com", "news@example.com", "Three days left"), (content.Sender!.Address, content.Sender.ReplyTo, content.Subject));
        Assert.Equal(("<p>Spring</p>", "Spring"), (content.Html, content.Text));

        harness.Clock.Set(new DateTimeOffset(2031, 5, 14, 7, 29, 59, TimeSpan.Zero));
        await harness.Starter().DriveAsync(harness.Client.Value.Id, new HashSet<long>(), default);
        Assert.Equal(DeliveryState.Waiting, harness.Delivery(operation.OperationId).State);
        harness.Clock.Set(new DateTimeOffset(2031, 5, 14, 7, 30, 0, TimeSpan.Zero));
        await harness.LoadAsync("email,age,last_order\nlate@example.com,40,2031-05-13\n");
        await harness.Starter().DriveAsync(harness.Client.Value.Id, new HashSet<long>(), default);
        await harness.Starter().DriveAsync(harness.Client.Value.Id, new HashSet<long>(), default);
        Assert.Equal(["qa@example.com", "ada@example.com", "late@example.com"], harness.Recipients(normal.DeliveryId));
        Assert.Equal([test.DeliveryId, normal.DeliveryId], harness.Switchboard.Started);
    }

    [Trait("XmlCheck", "8")]
    [Fact]
    public async Task C_is_a_draft_that_nobody_gets_but_the_tester()
    {
        await using var harness = await OrderHarness.CreateAsync();
        harness.PutExample("order-c");
        var operation = (await harness.CycleAsync())!;
        Assert.Equal(OperationStatus.Success, operation.Status);
        var (test, draft) = (harness.Delivery(operation.OperationId, test: true), harness.Delivery(operation.OperationId));
        Assert.Equal(["qa@example.com"], harness.Recipients(test.DeliveryId));
        Assert.Equal(DeliveryState.Ready, draft.State);
        Assert.Equal(2, harness.Contacts.Count(harness.Client.Value.Id, draft.DatabaseId, draft.Code));
        Assert.Empty(harness.Recipients(draft.DeliveryId));
        Assert.Equal([test.DeliveryId], harness.Switchboard.Started);
        Assert.Equal("events@example.com", Assert.Single(harness.Mails()).Key);
    }

    [Trait("XmlCheck", "8")]
    [Fact]
    public async Task D_is_the_report_of_A()
    {
        await using var harness = await OrderHarness.CreateAsync();
        harness.PutExample("order-a");
        var operation = (await harness.CycleAsync())!;
        var delivery = harness.Delivery(operation.OperationId);
        const string Time = "2031-05-02T10:00:04+02:00";
        Assert.Equal(
            FormattableString.Invariant($$"""
            <?xml version="1.0" encoding="utf-8"?>
            <report>
              <process start="{{Time}}" finish="{{Time}}" />
              <recipients lastupdate="{{Time}}" start="{{Time}}" finish="{{Time}}">3</recipients>
              <delivery>
                <content time="{{Time}}">${FirstName}$, your order ${ORDER_NO}$ is confirmed</content>
                <id>
                  <normal time="{{Time}}">{{delivery.DeliveryId}}</normal>
                  <test time="" />
                </id>
                <qualifier>
                  <id>
                    <normal time="{{Time}}">{{delivery.FilterId}}</normal>
                    <test time="" />
                  </id>
                </qualifier>
              </delivery>
            </report>

            """), harness.Report("order-a"));
        Assert.True(harness.Exists("order-a.report.xml.done"));
    }
}
