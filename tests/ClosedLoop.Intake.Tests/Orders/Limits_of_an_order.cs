using ClosedLoop.Intake.Orders;

namespace ClosedLoop.Intake.Tests.Orders;

/// <summary>Each bound on an order, at it and past it by one.</summary>
public sealed class Limits_of_an_order
{
    [Fact]
    public void Each_is_crossed_by_one()
    {
        Crossed("", n => new OrderLimits { MaxXmlBytes = n }, Given.Email.Length);
        Crossed("<!-- -->", n => new OrderLimits { MaxDepth = n }, 9);
        Crossed("<retry " + new string(' ', 90) + "/>", n => new OrderLimits { MaxTagChars = n }, 98);
        Crossed("<?a?><?b?>", n => new OrderLimits { MaxInstructions = n }, 3);
        Crossed("", n => new OrderLimits { MaxAttributes = n }, 1);
        Crossed("", n => new OrderLimits { MaxContentChars = n }, 9);
        Crossed("", n => new OrderLimits { MaxValueChars = n }, "Shop <help@example.com>".Length);
        Crossed("", n => new OrderLimits { MaxFields = n }, 2);
    }

    [Fact]
    public void Errors_past_the_limit_end_the_reading()
    {
        var xml = Given.Email.Replace("<retry/>", string.Concat(Enumerable.Repeat("<x/>", 50)), StringComparison.Ordinal);
        Assert.Equal(50, Given.Read(xml, new OrderLimits { MaxProblems = 51 }).Problems.Errors.Count);
        var cut = Given.Read(xml, new OrderLimits { MaxProblems = 10 });
        Assert.Equal((10, 1L), (cut.Problems.Errors.Count, cut.Problems.LeftOut));
    }

    [Fact]
    public void Test_recipients_past_thirty_are_warned_of()
    {
        Assert.Empty(Warnings(30));
        Assert.Equal(["W-02"], Warnings(31));

        static IEnumerable<string> Warnings(int count)
        {
            var rows = string.Concat(Enumerable.Repeat("<test_recipient><email>t@example.com</email></test_recipient>", count));
            return Given.Read(Given.Email.Replace("<csv_file>test.csv</csv_file>", rows, StringComparison.Ordinal)).Problems.Warnings.Select(p => p.Code.Key);
        }
    }

    private static void Crossed(string instead, Func<int, OrderLimits> limits, int limit)
    {
        var xml = instead.Length == 0 ? Given.Email : Given.Email.Replace("<retry/>", instead, StringComparison.Ordinal);
        Assert.Empty(Given.Read(xml, limits(limit)).Problems.Errors);
        Assert.Equal("E-02", Assert.Single(Given.Read(xml, limits(limit - 1)).Problems.Errors).Code.Key);
    }
}
