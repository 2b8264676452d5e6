using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Tests.Orders;

public sealed class Names_and_times
{
    [Theory]
    [InlineData("a", true)]
    [InlineData("Order_1.a-b.csv", true)]
    [InlineData("", false)]
    [InlineData(".hidden", false)]
    [InlineData("-x", false)]
    [InlineData("a b", false)]
    [InlineData("a/b", false)]
    [InlineData("a\\b", false)]
    [InlineData("..", false)]
    [InlineData("a..b", false)]
    [InlineData("C:a", false)]
    [InlineData("é", false)]
    [InlineData("a\n", false)]
    public void Name_is_allowed_or_not(string name, bool allowed) => Assert.Equal(allowed, OrderFileName.IsAllowed(name));

    [Fact]
    public void Name_has_at_most_120_characters()
    {
        Assert.True(OrderFileName.IsAllowed(new string('a', 120)));
        Assert.False(OrderFileName.IsAllowed(new string('a', 121)));
    }

    [Theory]
    [InlineData("A.xml.ok", "A", false)]
    [InlineData("A.XML.OK", "A", false)]
    [InlineData("A.ok", "A", true)]
    [InlineData("A.report.xml.ok", null, false)]
    [InlineData("A.Report.ok", null, true)]
    [InlineData("A.xml", null, false)]
    [InlineData(".xml.ok", null, false)]
    public void Semaphore_names_its_order(string file, string? order, bool isAlias)
    {
        Assert.Equal(order, OrderFileName.OrderOf(file, out var alias));
        Assert.Equal(isAlias, alias);
    }

    [Fact]
    public void Both_forms_are_one_operation_and_a_missing_order_is_seen()
    {
        var found = OrderSemaphore.Find(["B.ok", "A.ok", "A.XML", "A.xml.ok", "A.csv", "x.report.ok"]);
        Assert.Equal(["A", "B"], found.Select(semaphore => semaphore.Name));
        Assert.Equal(["A.xml.ok", "A.ok"], found[0].Files);
        Assert.Equal(("A.XML", null), (found[0].XmlFile, found[1].XmlFile));
        Assert.Equal(("A.report.xml", "A.report.xml.done"), (OrderFileName.ReportOf("A"), OrderFileName.MarkerOf("A")));
    }

    [Fact]
    public void Order_needs_each_list_once()
    {
        var order = Given.Read(Given.Email).Order!;
        Assert.Equal(["test.csv"], OrderSemaphore.ListsOf(order));
        Assert.Equal(["test.csv"], OrderSemaphore.ListsOf(order with { Normal = new ListTarget("test.csv", 1, 1) }));
    }

    [Theory]
    [InlineData("2031-05-14T09:30:00", "2031-05-14T09:30:00+02:00")]
    [InlineData("2031-03-30T02:30:00", "2031-03-30T03:30:00+02:00")]
    [InlineData("2031-10-26T02:30:00", "2031-10-26T02:30:00+02:00")]
    public void Local_time_means_one_moment(string local, string moment) =>
        Assert.Equal(moment, OrderSchedule.Resolve(OrderSchedule.Parse(local)!.Value, TimeZoneInfo.FindSystemTimeZoneById("Europe/Rome")).ToString("yyyy-MM-ddTHH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture));
}
