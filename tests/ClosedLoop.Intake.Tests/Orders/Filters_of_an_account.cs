using System.Globalization;
using ClosedLoop.Intake.Orders.Filters;
using ClosedLoop.Model.Accounts;

namespace ClosedLoop.Intake.Tests.Orders;

public sealed class Filters_of_an_account
{
    private static readonly DateOnly Today = new(2031, 5, 2);

    private static readonly UserDatabase Database = new()
    {
        Id = 1,
        Fields =
        [
            new() { Name = "CITY" }, new() { Name = "AGE", Type = DatabaseFieldType.Integer }, new() { Name = "SCORE", Type = DatabaseFieldType.Double },
            new() { Name = "BORN", Type = DatabaseFieldType.Date }, new() { Name = "SEEN", Type = DatabaseFieldType.DateTime }, new() { Name = "VIP", Type = DatabaseFieldType.Flag },
            new() { Name = "IN" }, new() { Name = "EMPTY" }, new() { Name = "XML_DELIVERY_CODE" },
        ],
    };

    [Theory]
    [InlineData("city = 'rome'", true)]
    [InlineData("City <> 'Rome'", false)]
    [InlineData("city = 'O''Hara'", false)]
    [InlineData("age >= 18 and age < 100", true)]
    [InlineData("age = 9", false)]
    [InlineData("age > -5", true)]
    [InlineData("score = 1.50", true)]
    [InlineData("born <= '2000-01-31'", true)]
    [InlineData("seen >= today - 2", true)]
    [InlineData("seen >= today", false)]
    [InlineData("born < today + 1", true)]
    [InlineData("vip = true", true)]
    [InlineData("vip != 1", false)]
    [InlineData("city in ('Milan', 'ROME')", true)]
    [InlineData("age not in (18, 19)", true)]
    [InlineData("city contains 'OM'", true)]
    [InlineData("city not startswith 'R'", false)]
    [InlineData("city endswith 'me'", true)]
    [InlineData("empty is null and city is not null", true)]
    [InlineData("empty = 'x'", false)]
    [InlineData("empty != 'x'", false)]
    [InlineData("empty not in ('x')", false)]
    [InlineData("not empty = 'x'", true)]
    [InlineData("city = 'x' or city = 'Rome' and age = 30", true)]
    [InlineData("(city = 'x' or city = 'Rome') and age = 31", false)]
    [InlineData("not (city = 'x' or age = 31)", true)]
    [InlineData("[in] = 'y'", true)]
    public void Expression_selects(string expression, bool expected) =>
        Assert.Equal(expected, FilterExpression.Parse(expression, Database).Selects(new Row(), Today));

    [Theory]
    [InlineData("", "CL4101", 1)]
    [InlineData("city", "CL4101", 5)]
    [InlineData("city = ", "CL4101", 8)]
    [InlineData("city = 'x", "CL4101", 8)]
    [InlineData("city = 'x' age = 1", "CL4101", 12)]
    [InlineData("(city = 'x'", "CL4101", 12)]
    [InlineData("city ; drop", "CL4101", 6)]
    [InlineData("town = 'x'", "CL4102", 1)]
    [InlineData("age = 'x'", "CL4103", 7)]
    [InlineData("age contains '1'", "CL4103", 5)]
    [InlineData("city = today", "CL4103", 8)]
    [InlineData("born = '2031-02-30'", "CL4103", 8)]
    [InlineData("vip < 1", "CL4103", 5)]
    [InlineData("city not = 'x'", "CL4101", 10)]
    [InlineData("city in ()", "CL4101", 10)]
    public void Fault_has_code_and_position(string expression, string code, int position)
    {
        var fault = Assert.Throws<FilterException>(() => FilterExpression.Parse(expression, Database));
        Assert.Equal((code, position), (fault.Code, fault.Position));
        Assert.StartsWith($"{code}: position {position}: ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_limit_is_crossed_by_one()
    {
        Crossed(n => "city = '" + new string('x', n - 9) + "'", FilterExpression.MaxLength);
        Crossed(n => string.Join(" or ", Enumerable.Repeat("age=1", n)), FilterExpression.MaxComparisons);
        Crossed(n => new string('(', n) + "age=1" + new string(')', n), FilterExpression.MaxDepth);
        Crossed(n => "age in (" + string.Join(',', Enumerable.Repeat("1", n)) + ")", FilterExpression.MaxListValues);

        static void Crossed(Func<int, string> expression, int limit)
        {
            FilterExpression.Parse(expression(limit), Database);
            Assert.Equal("CL4104", Assert.Throws<FilterException>(() => FilterExpression.Parse(expression(limit + 1), Database)).Code);
        }
    }

    [Fact]
    public void Filter_of_an_operation_selects_its_rows_only()
    {
        Assert.True(FilterExpression.Parse(FilterExpression.ForCode("X12N"), Database).Selects(new Row(), Today));
        Assert.False(FilterExpression.Parse(FilterExpression.ForCode("X12T' or age = 30 or city = '"), Database).Selects(new Row(), Today));
    }

    [Fact]
    public void Random_text_is_a_filter_or_a_fault()
    {
        string[] words = ["city", "age", "=", "<", "(", ")", "and", "or", "not", "in", "is", "null", "'x'", "1", "today", "-", "+", ",", "[", "]", "'", "é", "contains", "\0"];
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var good = 0;
        for (var round = 0; round < 100_000; round++)
        {
            var text = string.Join(random.Next(5) == 0 ? "" : " ", Enumerable.Range(0, random.Next(1, 9)).Select(_ => words[random.Next(words.Length)]));
            try
            {
                FilterExpression.Parse(text, Database).Selects(new Row(), Today);
                good++;
            }
            catch (FilterException fault)
            {
                Assert.True(fault.Position >= 1 && fault.Position <= text.Length + 1, $"seed {seed}: {text}");
            }
        }

        Assert.True(good > 0, $"seed {seed}: nothing was a filter");
    }

    private sealed class Row : IFilterRow
    {
        public string? this[int field] => Database.Fields[field].Name switch
        {
            "CITY" => "Rome",
            "AGE" => 30.ToString(CultureInfo.InvariantCulture),
            "SCORE" => "1.5",
            "BORN" => "2000-01-31",
            "SEEN" => "2031-05-01T10:00:00",
            "VIP" => "1",
            "IN" => "y",
            "XML_DELIVERY_CODE" => "X12N",
            _ => null,
        };
    }
}
