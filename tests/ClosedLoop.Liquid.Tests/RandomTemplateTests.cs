using System.Text;

namespace ClosedLoop.Liquid.Tests;

public sealed class RandomTemplateTests
{
    private static readonly string[] Pieces =
    [
        "{{", "}}", "{%", "%}", "{%-", "-%}", " a ", " b.c ", "| ", "upcase", "append: ", "'x'", "\"y", "1", "-2.5", "(1..3)", "[", "]", ".", "..", ":", ",",
        " if ", " endif ", " for i in ", " endfor ", " else ", " elsif ", " case ", " when ", " endcase ", " assign x = ", " capture y ", " endcapture ", " raw ",
        " endraw ", " comment ", " endcomment ", " cycle ", " tablerow i in ", " endtablerow ", " include 'p' ", " render 'p' ", " break ", " continue ", " liquid\n",
        " echo ", "==", "<", ">=", " contains ", " and ", " or ", "nil", "empty", "blank", "\n", "text ", "é𝄞", "\0", "date: '%Y-%:z%10N'", "split: ''", "times: x",
        "{% assign x = x | append: x %}", "{{ x | plus: 9223372036854775807 | times: x }}", "{% for i in (1..9999999999) %}", "{% endfor %}", "{% if a %}", "{% endif %}",
        "{{ a | sort | map: 'q' | join }}", "{{ b | where: 'c' | first }}", "limit: ", "offset: continue", "reversed", "{% increment x %}", "{% render 'q' for a %}",
    ];

    [Fact]
    public void Whatever_the_template_only_the_librarys_own_errors_come_out()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var options = new LiquidParseOptions
        {
            PartialLoader = new LiquidPartials(new Dictionary<string, string> { ["p"] = "{{ p }}{% include 'p' %}", ["q"] = "{{ q }}{% assign x = q %}" }),
            Limits = LiquidLimits.Default with { MaxOutputBytes = 10_000, MaxSteps = 20_000, MaxTextLength = 5_000, MaxArrayLength = 1_000, MaxLoopIterations = 2_000 },
        };
        var data = LiquidData.From(new Dictionary<string, object?>
        {
            ["a"] = new object?[] { 1, "z", null, 2.5, new Dictionary<string, object?> { ["q"] = "w" }, new object[] { true } },
            ["b"] = new Dictionary<string, object?> { ["c"] = "d<", ["size"] = long.MaxValue },
            ["x"] = "seven",
        });
        for (var round = 0; round < 20_000; round++)
        {
            var source = new StringBuilder();
            for (var i = random.Next(1, 16); i > 0; i--)
            {
                source.Append(Pieces[random.Next(Pieces.Length)]);
            }

            Check(source.ToString(), options, data, $"seed {seed}, round {round}");
        }
    }

    private static void Check(string source, LiquidParseOptions options, LiquidData data, string label)
    {
        try
        {
            var template = LiquidTemplate.Parse(source, options);
            var plain = Outcome(() => template.RenderToString(data));
            Assert.True(Encoding.UTF8.GetByteCount(plain) <= options.Limits.MaxOutputBytes);
            _ = Outcome(() => template.Bind(data).RenderToString());
        }
        catch (LiquidParseException)
        {
            // A fair answer to nonsense.
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            Assert.Fail($"{label}: {source}\n{e}");
        }
    }

    private static string Outcome(Func<string> render)
    {
        try
        {
            return render();
        }
        catch (LiquidException e)
        {
            return e.Code;
        }
    }
}
