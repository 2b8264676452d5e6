using ClosedLoop.Intake.Orders;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Tests.Orders;

/// <summary>Examples A to C (xml-delivery spec section 15), read with the account of the guide page.</summary>
public sealed class Examples_of_the_specification
{
    private static readonly SettableClock Clock = new(new DateTimeOffset(2031, 5, 2, 8, 0, 0, TimeSpan.Zero));

    [Fact]
    public void A_is_sent_at_once_to_three_rows()
    {
        var result = Check("order-a.xml");
        var order = result.Order!;
        Assert.Equal((OrderChannel.Email, 2101L, true), (order.Channel, order.Newsletter, order.Retry));
        Assert.Equal("order-a.csv", Assert.IsType<ListTarget>(order.Normal).FileName);
        Assert.Null(order.Test);
        Assert.Equal(new RowCounts(3, 3), result.Normal);
        Assert.Null(result.StartsAt);
        Assert.Equal((DeliveryMethod.Auto, true, true), (order.Delivery.Method, order.Delivery.RemoveDuplicates, order.Delivery.Transactional));
        Assert.Equal(new OrderNote("campaign_code", "ORD-2031-05"), Assert.Single(order.Notes));
        var message = Assert.IsType<EmailMessage>(order.Message);
        Assert.Equal(("utf-8", "Order confirmations May", "${FirstName}$, your order ${ORDER_NO}$ is confirmed"), (message.Encoding, message.Label, message.Subject));
        Assert.Equal(("Example Shop", "orders@example.com", "Example Shop <help@example.com>"), (message.SenderName, message.SenderAddress, message.ReplyTo));
        Assert.Equal((PreferredContent.Both, true, false), (message.PreferredContent, message.Html!.TrackLinks, message.Text!.TrackLinks));
        Assert.StartsWith("<html><body><p>Hello ${FIRSTNAME}$,</p>\n<p>we are", message.Html.Content, StringComparison.Ordinal);
        Assert.Equal((false, "ops@example.com"), (order.Report.Overwrite, Assert.Single(order.Report.Recipients)));
    }

    [Fact]
    public void B_waits_until_its_time_in_Rome_and_tests_first()
    {
        var result = Check("order-b.xml", "W-05", "W-09");
        var order = result.Order!;
        Assert.Equal((31L, 45L, true), (Assert.IsType<FilterTarget>(order.Test).FilterId, Assert.IsType<FilterTarget>(order.Normal).FilterId, order.Rendering));
        Assert.Equal(new DateTimeOffset(2031, 5, 14, 9, 30, 0, TimeSpan.FromHours(2)), result.StartsAt);
        Assert.Equal((48, "marketing@example.com"), (order.Delivery.StatisticsReport!.DelayHours, Assert.Single(order.Delivery.StatisticsReport.Recipients)));
        var message = Assert.IsType<EmailMessage>(order.Message);
        Assert.Equal((7788L, null, null), (message.Template, message.SenderAddress, message.PreferredContent));
    }

    [Fact]
    public void C_is_a_draft_with_two_recipients_and_one_of_the_test()
    {
        var result = Check("order-c.xml");
        var order = result.Order!;
        Assert.Equal((new RowCounts(2, 2), new RowCounts(1, 1)), (result.Normal, result.Test));
        Assert.Equal(["email", "firstname"], Assert.IsType<InlineTarget>(order.Normal).Fields);
        Assert.Equal((DeliveryMethod.Manual, PreferredContent.SimpleText), (order.Delivery.Method, ((EmailMessage)order.Message).PreferredContent));
        Assert.True(((EmailMessage)order.Message).Text!.TrackLinks);
        Assert.Equal((true, "events@example.com"), (order.Report.Overwrite, Assert.Single(order.Report.Recipients)));
    }

    private static OrderCheckResult Check(string name, params string[] warnings)
    {
        var result = OrderCheck.Run(Given.ExamplePath(name), Given.Account(), Clock);
        Assert.Empty(result.Problems.Errors);
        Assert.Subset(warnings.ToHashSet(StringComparer.Ordinal), result.Problems.Warnings.Select(p => p.Code.Key).ToHashSet(StringComparer.Ordinal));
        return result;
    }
}
