using System.Buffers;
using System.Globalization;
using System.Text;

namespace ClosedLoop.Liquid.Tests;

public sealed class ConcurrencyTests
{
    private const string Source =
        "Hello {{ name | capitalize | escape }}{% if city == 'Ulm' %} of Ulm{% endif %}{% for i in c.items %}{{ i }}{{ n | plus: 1 }};{% endfor %}{{ n | times: 0.5 | round: 1 }}";

    private static readonly LiquidSchema Schema = new([new LiquidSlot("name", 0), new LiquidSlot("city", 1), new LiquidSlot("n", 2, LiquidSlotType.Integer)]);

    private static LiquidTemplate Template => LiquidTemplate.Parse(Source, new LiquidParseOptions { Schema = Schema })
        .Bind(new Dictionary<string, object?> { ["c"] = new Dictionary<string, object?> { ["items"] = new[] { "a", "b" } } });

    [Fact]
    public void One_template_renders_on_many_threads_at_once()
    {
        var template = Template;
        Parallel.For(0, 2000, i =>
        {
            var n = i.ToString(CultureInfo.InvariantCulture);
            var text = SlotTests.Render(template, new TestRow("ann" + n, i % 2 == 0 ? "Ulm" : "Bonn", n));
            var half = (i / 2.0).ToString("0.0", CultureInfo.InvariantCulture);
            Assert.Equal($"Hello Ann{n}{(i % 2 == 0 ? " of Ulm" : "")}a{i + 1};b{i + 1};{half}", text);
        });
    }

    [Fact]
    public void A_render_in_the_steady_state_allocates_less_than_a_kilobyte()
    {
        var template = Template;
        var row = new TestRow("ann", "Ulm", "41");
        var output = new ArrayBufferWriter<byte>(4096);
        for (var i = 0; i < 50; i++)
        {
            output.ResetWrittenCount();
            template.Render(output, row);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            output.ResetWrittenCount();
            template.Render(output, row);
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 100, 0, 1024);
        Assert.Equal("Hello Ann of Ulma42;b42;20.5", Encoding.UTF8.GetString(output.WrittenSpan));
    }
}
