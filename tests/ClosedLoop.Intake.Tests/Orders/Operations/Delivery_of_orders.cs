using ClosedLoop.Data.Approvals;
using ClosedLoop.Intake.Files;
using ClosedLoop.Intake.Orders.Deliveries;
using ClosedLoop.Intake.Orders.Feedback;
using ClosedLoop.Model;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Tests.Orders.Operations;

public sealed class Delivery_of_orders
{
    [Trait("XmlCheck", "15")]
    [Theory]
    [InlineData("2031-05-02T09:00:03", null, "E-14")]
    [InlineData("2031-05-02T09:56:00", "started", null)]
    [InlineData("2031-05-02T10:30:00", "2031-05-02T08:30:00Z", null)]
    [InlineData("2032-03-28T02:30:00", "2032-03-28T01:30:00Z", "W-11")]
    [InlineData("2031-10-26T02:30:00", "2031-10-26T00:30:00Z", "W-11")]
    [InlineData("2031-05-02T10:30:00Z", null, "E-02")]
    [InlineData("2031-05-02T10:30:00.5", null, "E-02")]
    [InlineData("2031-05-02", null, "E-02")]
    public async Task A_time_is_local_to_the_account(string schedule, string? start, string? problem)
    {
        await using var harness = await OrderHarness.CreateAsync();
        var operation = await harness.RunAsync(AnOrder.Of(delivery: $"<delivery method=\"auto\"><schedule>{schedule}</schedule></delivery>"), AnOrder.Rows(1));
        Assert.Equal(problem is null ? [] : [problem], harness.Problems(operation.OperationId));
        if (start is null)
        {
            Assert.Empty(harness.Deliveries.OfOperation(operation.OperationId));
            return;
        }

        var delivery = harness.Delivery(operation.OperationId);
        Assert.Equal(start == "started" ? DeliveryState.Started : DeliveryState.Waiting, delivery.State);
        if (start != "started") Assert.Equal(DateTimeOffset.Parse(start, System.Globalization.CultureInfo.InvariantCulture), Instants.FromMicroseconds(delivery.StartAt!.Value));
    }

    [Fact]
    public async Task A_time_that_passes_while_the_order_waits_means_at_once()
    {
        await using var harness = await OrderHarness.CreateAsync();
        await harness.Contacts.TryLockAsync(harness.Client.Value.Id, 1, "exchange");
        harness.Clock.Leapt = _ => harness.Contacts.UnlockAsync(harness.Client.Value.Id, 1, "exchange").Wait();
        var operation = await harness.RunAsync(AnOrder.Of("<retry/>" + AnOrder.List, "<delivery method=\"auto\"><schedule>2031-05-02T10:00:06</schedule></delivery>"), AnOrder.Rows(1));
        Assert.Equal(["W-15"], harness.Problems(operation.OperationId));
        Assert.Equal(DeliveryState.Started, harness.Delivery(operation.OperationId).State);
    }

    [Trait("XmlCheck", "16")]
    [Fact]
    public async Task A_draft_is_sent_by_an_operator_once_and_by_nobody_else()
    {
        await using var harness = await OrderHarness.CreateAsync();
        var operation = await harness.RunAsync(AnOrder.Of(delivery: "<delivery method=\"manual\"><schedule>2031-05-02T10:00:05</schedule></delivery>"), AnOrder.Rows(2));
        Assert.Equal(["W-03"], harness.Problems(operation.OperationId));
        var draft = harness.Delivery(operation.OperationId);
        Assert.Equal((DeliveryState.Ready, null, true), (draft.State, draft.StartAt, draft.ProposedAt is not null));
        harness.Clock.Set(harness.Clock.Now.AddDays(400));
        await DriveAsync(harness);
        Assert.Empty(harness.Switchboard.Started);

        var desk = Desk(harness);
        Assert.True((await desk.StartAsync(draft.DeliveryId, Operator)).Done);
        Assert.False((await desk.StartAsync(draft.DeliveryId, Operator)).Done);
        await DriveAsync(harness);
        await DriveAsync(harness);
        Assert.False((await desk.StartAsync(draft.DeliveryId, Operator)).Done);
        await DriveAsync(harness);
        Assert.Equal([draft.DeliveryId], harness.Switchboard.Started);
        Assert.Equal(["reader.0@example.com", "reader.1@example.com"], harness.Recipients(draft.DeliveryId));
    }

    [Fact]
    public async Task A_draft_can_be_duplicated_given_a_time_cancelled_and_deleted()
    {
        await using var harness = await OrderHarness.CreateAsync();
        var operation = await harness.RunAsync(AnOrder.Of(delivery: "<delivery method=\"manual\"/>"), AnOrder.Rows(2));
        var draft = harness.Delivery(operation.OperationId);
        var desk = Desk(harness);
        Assert.True((await desk.DuplicateAsync(draft.DeliveryId)).Done);
        var copy = harness.Deliveries.List(0, null, 0, 10).Single(each => each.DeliveryId != draft.DeliveryId);
        Assert.False((await desk.ScheduleAsync(copy.DeliveryId, harness.Clock.Now.AddSeconds(-1), Operator)).Done);
        Assert.True((await desk.ScheduleAsync(copy.DeliveryId, harness.Clock.Now.AddHours(1), Operator)).Done);
        Assert.True((await desk.DeleteAsync(draft.DeliveryId)).Done);
        Assert.False((await desk.DeleteAsync(copy.DeliveryId)).Done);
        harness.Clock.Set(harness.Clock.Now.AddHours(1));
        await DriveAsync(harness);
        Assert.Equal([copy.DeliveryId], harness.Switchboard.Started);
        Assert.Equal(2, harness.Recipients(copy.DeliveryId).Length);
        Assert.True((await desk.DuplicateAsync(copy.DeliveryId)).Done);
        var second = harness.Deliveries.List(0, DeliveryState.Ready, 0, 10).Single();
        Assert.True((await desk.CancelAsync(second.DeliveryId, "wrong")).Done);
        Assert.True((await desk.DeleteAsync(second.DeliveryId)).Done);
    }

    [Trait("XmlCheck", "17")]
    [Theory]
    [InlineData(2101, false, "E-15")]
    [InlineData(2103, true, "E-15")]
    [InlineData(2101, true, null)]
    [InlineData(2103, false, null)]
    public async Task Transactional_is_said_by_order_and_group_alike(long group, bool flag, string? problem)
    {
        await using var harness = await OrderHarness.CreateAsync(
            account => account with { Groups = [.. account.Groups.Select(each => each.Id == 2101 ? each with { Defaults = account.Groups.First(other => other.Id == 2103).Defaults } : each)] });
        var operation = await harness.RunAsync(AnOrder.Of(group: group, delivery: flag ? "<delivery method=\"auto\"><transactional/></delivery>" : AnOrder.Auto), AnOrder.Rows(1));
        Assert.Equal(problem is null ? [] : [problem], harness.Problems(operation.OperationId));
    }

    [Trait("XmlCheck", "18")]
    [Theory]
    [InlineData(11, "marketing@example.com", "E-02")]
    [InlineData(12, "marketing@example.com", null)]
    [InlineData(720, "marketing@example.com", null)]
    [InlineData(721, "marketing@example.com", "E-02")]
    [InlineData(48, "stranger@example.com", "W-05")]
    public async Task Statistics_are_mailed_to_registered_users_after_their_delay(int hours, string address, string? problem)
    {
        await using var harness = await OrderHarness.CreateAsync();
        var report = FormattableString.Invariant($"<schedule_report><report_recipient>{address}</report_recipient><delay_hour>{hours}</delay_hour></schedule_report>");
        var operation = await harness.RunAsync(AnOrder.Of(delivery: $"<delivery method=\"auto\">{report}</delivery>"), AnOrder.Rows(1));
        Assert.Equal(problem is null ? [] : [problem], harness.Problems(operation.OperationId));
        Assert.Equal(problem is "E-02" ? OperationStatus.Error : OperationStatus.Success, operation.Status);
        if (problem is not null)
        {
            if (problem == "W-05") Assert.Contains("<warning", harness.Report(), StringComparison.Ordinal);
            return;
        }

        var statistics = new StatisticsReports(harness.Deliveries, harness.Ledger, harness.Writer, harness.Clock);
        harness.Clock.Set(harness.Clock.Now.AddHours(hours).AddSeconds(-1));
        await statistics.WriteAsync(harness.Client.Value.Id);
        Assert.Empty(harness.Mails()[address]);
        harness.Clock.Set(harness.Clock.Now.AddSeconds(1));
        await statistics.WriteAsync(harness.Client.Value.Id);
        await statistics.WriteAsync(harness.Client.Value.Id);
        Assert.Contains("recipients: 1", Assert.Single(harness.Mails()[address]).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_that_may_reach_many_is_started_by_the_second_of_two_people_who_say_the_same()
    {
        await using var harness = await OrderHarness.CreateAsync();
        var operation = await harness.RunAsync(AnOrder.Of(delivery: "<delivery method=\"manual\"/>"), AnOrder.Rows(3));
        var draft = harness.Delivery(operation.OperationId).DeliveryId;
        Assert.True((await Desk(harness, twoPeopleAbove: 3).DuplicateAsync(draft)).Done);
        var desk = Desk(harness, twoPeopleAbove: 2);
        var (anna, bert) = (new Approver("anna", "anna", "x"), new Approver("key bert", "bert", "x"));
        Assert.StartsWith("CL9590", (await desk.StartAsync(draft, Operator)).Text, StringComparison.Ordinal);
        Assert.StartsWith("noted for anna", (await desk.StartAsync(draft, anna)).Text, StringComparison.Ordinal);
        Assert.StartsWith("CL9591", (await desk.StartAsync(draft, anna)).Text, StringComparison.Ordinal);

        // Bert wants another thing, so nobody has said the same yet.
        var at = harness.Clock.Now.AddHours(1);
        Assert.StartsWith("noted for bert", (await desk.ScheduleAsync(draft, at, bert)).Text, StringComparison.Ordinal);
        Assert.StartsWith("noted for bert", (await desk.StartAsync(draft, bert)).Text, StringComparison.Ordinal);
        await DriveAsync(harness);
        Assert.Empty(harness.Switchboard.Started);
        Assert.Equal(FormattableString.Invariant($"delivery {draft} starts"), (await desk.StartAsync(draft, anna)).Text);
        await DriveAsync(harness);
        Assert.Equal([draft], harness.Switchboard.Started);

        // Three are not more than three; but until a time to come there may be any number.
        var copy = harness.Deliveries.List(0, DeliveryState.Ready, 0, 10).Single().DeliveryId;
        Assert.StartsWith("CL9590", (await Desk(harness, twoPeopleAbove: 3).ScheduleAsync(copy, at, Operator)).Text, StringComparison.Ordinal);
        Assert.EndsWith(" starts", (await Desk(harness, twoPeopleAbove: 3).StartAsync(copy, Operator)).Text, StringComparison.Ordinal);
    }

    private static readonly Approver Operator = new("command line", null, null);

    private static DeliveryDesk Desk(OrderHarness harness, long twoPeopleAbove = 0) => new(
        harness.Deliveries, harness.Mailings, harness.Contacts, harness.Writer, harness.Switchboard, new IntakeOptions { TwoPeopleAbove = twoPeopleAbove }, harness.Clock);

    private static Task DriveAsync(OrderHarness harness) => harness.Starter().DriveAsync(harness.Client.Value.Id, new HashSet<long>(), default);
}
