using System.Buffers;
using System.Text;

namespace ClosedLoop.Liquid.Tests;

/// <summary>What depends on columns alone is written straight into the room there is; wherever the room ends, the bytes are the same.</summary>
public class FilledRoomTests
{
    private const string Source =
        "Dear {{ name | capitalize | escape }}{% if name != '' %} ({{ name | upcase }}){% else %}!{% endif %}, {{ name | escape | truncate: 9 }} since {{ day | date: '%e %B %Y, %d.%m.%y %b' }}: "
        + "{{ day | replace: '-', ' / ' }}{% unless day %}no day{% endunless %} <a href=\"?e={{ name | url_encode }}\">{{ points | plus: 1 }} {{ points | times: 0.01 | round: 2 }} {{ points | default: 'none' | append: '.' }}</a>";

    [Theory]
    [InlineData("łukasz o'brien & \"sons\" <ß>", "2019-07-04", "4321")]
    [InlineData("", "", "")]
    [InlineData("anna", "2024-02-30", "1.5")]
    [InlineData("日本語の名前と とても長い名前", "yesterday", "x")]
    [InlineData("ÄÖÜäöü-ÄÖÜäöü-ÄÖÜäöü-ÄÖÜäöü-ÄÖÜäöü-ÄÖÜäöü", "2023-02-28", "0")]
    public void Every_limit_on_the_output_cuts_at_the_byte(string name, string day, string points)
    {
        var row = new TestRow(name, day, points);
        var whole = Render(row, LiquidLimits.Default.MaxOutputBytes);
        Assert.Equal(whole, Render(row, whole.Length));
        for (var limit = 1; limit < whole.Length; limit++)
        {
            var error = Assert.Throws<LiquidRenderException>(() => Render(row, limit));
            Assert.Equal(LiquidErrorCode.OutputLimit, error.Code);
        }
    }

    [Theory]
    [InlineData("łukasz o'brien & \"sons\" <ß>", "2019-07-04", "4321")]
    [InlineData("日本語の名前と とても長い名前", "2024-02-30", "1.5")]
    public void Columns_give_what_plain_data_gives(string name, string day, string points)
    {
        var data = new Dictionary<string, object?> { ["name"] = name, ["day"] = day, ["points"] = points };
        var expected = LiquidTemplate.Parse(Source).RenderToString(data);
        Assert.Equal(expected, Encoding.UTF8.GetString(Render(new TestRow(name, day, points), LiquidLimits.Default.MaxOutputBytes)));
    }

    private static byte[] Render(LiquidRow row, int limit)
    {
        var options = new LiquidParseOptions
        {
            Schema = LiquidSchema.FromColumns(["name", "day", "points"]),
            Limits = LiquidLimits.Default with { MaxOutputBytes = limit },
        };
        var template = LiquidTemplate.Parse(Source, options).Bind(new Dictionary<string, object?>());
        var output = new ArrayBufferWriter<byte>();
        template.Render(output, row);
        return output.WrittenSpan.ToArray();
    }
}
