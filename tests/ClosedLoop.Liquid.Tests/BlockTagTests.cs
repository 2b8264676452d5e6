using System.Buffers;
using System.Text;

namespace ClosedLoop.Liquid.Tests;

public sealed class BlockTagTests
{
    [Fact]
    public void A_host_tag_receives_its_arguments_the_rendered_body_and_the_state()
    {
        var options = new LiquidParseOptions
        {
            Schema = LiquidSchema.FromColumns(["id"]),
            Tags = new Dictionary<string, LiquidBlockHandler> { ["link"] = new Link() },
        };
        var template = LiquidTemplate.Parse("{% for i in (1..2) %}<{% link 3 %}https://x/{{ i }}?r={{ id }}{% endlink %}>{% endfor %}", options);
        var output = new ArrayBufferWriter<byte>();

        template.Render(output, new TestRow("7"), state: "S");

        Assert.Equal("<S[3](https://x/1?r=7)><S[3](https://x/2?r=7)>", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Fact]
    public void What_a_handler_throws_arrives_with_the_place_of_its_tag()
    {
        var options = new LiquidParseOptions { Tags = new Dictionary<string, LiquidBlockHandler> { ["link"] = new Link() } };
        var error = Assert.Throws<LiquidRenderException>(() => LiquidTemplate.Parse("ab {% link fail %}{% endlink %}", options).RenderToString());

        Assert.Equal((1, 7), (error.Line, error.Column));
        Assert.IsType<InvalidOperationException>(error.InnerException);
    }

    private sealed class Link : LiquidBlockHandler
    {
        public override void Write(string arguments, ReadOnlySpan<byte> body, object? state, IBufferWriter<byte> output)
        {
            if (arguments == "fail")
            {
                throw new InvalidOperationException("no such link");
            }

            output.Write(Encoding.UTF8.GetBytes($"{state}[{arguments}]({Encoding.UTF8.GetString(body)})"));
        }
    }
}
