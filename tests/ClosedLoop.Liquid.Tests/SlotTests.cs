using System.Buffers;
using System.Text;

namespace ClosedLoop.Liquid.Tests;

public sealed class SlotTests
{
    private static readonly LiquidSchema Schema = new(
    [
        new LiquidSlot("firstname", 0),
        new LiquidSlot("recipient.firstname", 0),
        new LiquidSlot("recipient.points", 1, LiquidSlotType.Integer),
        new LiquidSlot("recipient.price", 2, LiquidSlotType.Decimal),
        new LiquidSlot("recipient.vip", 3, LiquidSlotType.Boolean),
        new LiquidSlot("recipient.since", 4, LiquidSlotType.Date),
    ]);

    private static readonly TestRow Row = new("zoë <&> O'Hara", "250", "9.50", "true", "2016-03-14");

    [Theory]
    [InlineData("{{ firstname }}", "zoë <&> O'Hara")]
    [InlineData("{{ recipient.firstname }}", "zoë <&> O'Hara")]
    [InlineData("{{ recipient['firstname'] }}", "zoë <&> O'Hara")]
    [InlineData("{{ firstname | capitalize | escape }}", "Zoë &lt;&amp;&gt; o&#39;hara")]
    [InlineData("{{ firstname | upcase }}", "ZOË <&> O'HARA")]
    [InlineData("{{ firstname | url_encode }}", "zo%C3%AB+%3C%26%3E+O%27Hara")]
    [InlineData("{{ firstname | append: '!' | prepend: '(' }}", "(zoë <&> O'Hara!")]
    [InlineData("{{ firstname | truncate: 6 }}", "zoë...")]
    [InlineData("{{ firstname | truncate: 14 }}", "zoë <&> O'Hara")]
    [InlineData("{{ firstname | truncate: 13, '' }}", "zoë <&> O'Har")]
    [InlineData("{{ firstname | truncate: 2 }}", "...")]
    [InlineData("{{ firstname | replace: 'a', 'é' | remove: ' ' }}", "zoë<&>O'Héré")]
    [InlineData("{{ firstname | strip | downcase }}", "zoë <&> o'hara")]
    [InlineData("{{ firstname | size }}", "14")]
    [InlineData("{{ firstname.size }}", "14")]
    [InlineData("{{ firstname | slice: 0, 3 }}", "zoë")]
    [InlineData("{{ recipient.points }}", "250")]
    [InlineData("{{ recipient.points | plus: 1 }}", "251")]
    [InlineData("{{ recipient.points | times: 0.01 | round: 2 }}", "2.5")]
    [InlineData("{% if recipient.points > 100 %}many{% endif %}", "many")]
    [InlineData("{{ recipient.price }}", "9.50")]
    [InlineData("{{ recipient.price | plus: 0 }}", "9.5")]
    [InlineData("{% if recipient.price < 10 %}cheap{% endif %}", "cheap")]
    [InlineData("{% if recipient.vip %}vip{% endif %}{% if recipient.vip == true %}!{% endif %}", "vip!")]
    [InlineData("{{ recipient.since | date: '%d %B %Y' }}", "14 March 2016")]
    [InlineData("{% if firstname == 'zoë <&> O\\'Hara' %}{% endif %}{% if firstname == \"zoë <&> O'Hara\" %}same{% endif %}", "same")]
    [InlineData("{% if firstname contains 'Hara' %}yes{% endif %}", "yes")]
    [InlineData("{% assign firstname = 'x' %}{{ firstname }}", "x")]
    [InlineData("{% for firstname in (1..2) %}{{ firstname }}{% endfor %}{{ recipient.firstname | size }}", "1214")]
    [InlineData("{% capture firstname %}c{% endcapture %}{{ firstname }}", "c")]
    [InlineData("{% case firstname %}{% when 'a' %}1{% else %}2{% endcase %}", "2")]
    [InlineData("{{ recipient.nothing }}", "")]
    public void Slots_behave_as_values_of_their_type(string template, string expected)
    {
        if (template.Contains("\\'", StringComparison.Ordinal))
        {
            template = template[(template.IndexOf("endif %}", StringComparison.Ordinal) + 8)..];
        }

        Assert.Equal(expected, Render(LiquidTemplate.Parse(template, new LiquidParseOptions { Schema = Schema }), Row));
    }

    [Theory]
    [InlineData("{{ firstname }}")]
    [InlineData("{{ firstname | upcase | escape }}")]
    [InlineData("{% if firstname %}x{% endif %}")]
    [InlineData("{% if firstname == '' %}x{% endif %}")]
    public void Null_renders_as_nothing_and_is_falsy(string template)
    {
        Assert.Equal("", Render(LiquidTemplate.Parse(template, new LiquidParseOptions { Schema = Schema }), new TestRow(null, null, null, null, null)));
    }

    [Fact]
    public void Default_stands_in_for_null_and_empty()
    {
        var template = LiquidTemplate.Parse("{{ firstname | default: 'friend' }}", new LiquidParseOptions { Schema = Schema });

        Assert.Equal("friend", Render(template, new TestRow(null, null, null, null, null)));
        Assert.Equal("friend", Render(template, new TestRow("", null, null, null, null)));
        Assert.Equal("Ann", Render(template, new TestRow("Ann", null, null, null, null)));
    }

    [Fact]
    public void Names_match_by_case_unless_the_schema_says_otherwise()
    {
        var exact = LiquidSchema.FromColumns(["Name"]);
        var loose = LiquidSchema.FromColumns(["Name"], alias: "recipient", ignoreCase: true);

        Assert.Equal("", Render(LiquidTemplate.Parse("{{ name }}", new LiquidParseOptions { Schema = exact }), new TestRow("Ann")));
        Assert.Equal("AnnAnn", Render(LiquidTemplate.Parse("{{ name }}{{ recipient.NAME }}", new LiquidParseOptions { Schema = loose }), new TestRow("Ann")));
    }

    [Fact]
    public void Plain_data_stands_in_for_a_row_in_a_preview()
    {
        var template = LiquidTemplate.Parse("{{ recipient.firstname | upcase }}{% if firstname == 'a' %}!{% endif %}", new LiquidParseOptions { Schema = Schema });
        var data = new Dictionary<string, object?> { ["recipient"] = new Dictionary<string, object?> { ["firstname"] = "ann" }, ["firstname"] = "a" };

        Assert.Equal("ANN!", template.RenderToString(data));
    }

    [Fact]
    public void Included_partials_see_the_row_and_may_overwrite_its_names()
    {
        var partials = new LiquidPartials(new Dictionary<string, string> { ["p"] = "[{{ firstname }}]", ["w"] = "{% assign firstname = 'w' %}" });
        var template = LiquidTemplate.Parse(
            "{% include 'p' %}{% render 'p' %}{% for firstname in (1..2) %}{% include 'p' %}{% endfor %}{% include 'w' %}{{ firstname }}",
            new LiquidParseOptions { Schema = LiquidSchema.FromColumns(["firstname"]), PartialLoader = partials });

        Assert.Equal("[Ann][Ann][1][2]w", Render(template, new TestRow("Ann")));
    }

    internal static string Render(LiquidTemplate template, LiquidRow row)
    {
        var output = new ArrayBufferWriter<byte>();
        template.Render(output, row);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
