using System.Buffers;

namespace ClosedLoop.Liquid.Tests;

/// <summary>What binding computes ahead still counts: a template crosses a limit after binding exactly when it does before.</summary>
public sealed class FoldedLimitTests
{
    private static readonly Dictionary<string, object?> Data = new()
    {
        ["ten"] = Enumerable.Range(1, 10).Cast<object?>().ToArray(),
        ["eleven"] = Enumerable.Range(1, 11).Cast<object?>().ToArray(),
        ["x"] = "x",
    };

    [Theory]
    [InlineData("{% for i in ten %}{{ i }}{% endfor %}", "{% for i in eleven %}{{ i }}{% endfor %}")]
    [InlineData("{% for i in ten %}{{ i }}{{ name }}{% endfor %}", "{% for i in eleven %}{{ i }}{{ name }}{% endfor %}")]
    [InlineData("{% for i in (1..5) %}{% for j in (1..1) %}a{% endfor %}{% endfor %}", "{% for i in (1..5) %}{% for j in (1..1) %}a{% endfor %}{% endfor %}{% for i in (1..1) %}{% endfor %}")]
    [InlineData("{% for i in eleven %}{% if i == 10 %}{% break %}{% endif %}{% endfor %}", "{% for i in eleven %}{% if i == 11 %}{% break %}{% endif %}{% endfor %}")]
    [InlineData("{% render 'five' %}{% render 'five' %}", "{% render 'five' %}{% render 'five' %}{% for i in (1..1) %}b{% endfor %}")]
    [InlineData("{% include 'five' %}{% include 'five' %}", "{% include 'five' %}{% include 'five' %}{% for i in (1..1) %}b{% endfor %}")]
    [InlineData("{% if x == 'x' %}{% render 'five' %}{% endif %}{% for i in (1..5) %}b{% endfor %}", "{% if x == 'x' %}{% render 'five' %}{% endif %}{% for i in (1..6) %}b{% endfor %}")]
    public void Unrolled_loops_count_as_loops(string allowed, string refused)
    {
        var limits = LiquidLimits.Default with { MaxLoopIterations = 10 };
        foreach (var fold in (bool[])[false, true])
        {
            Assert.NotNull(Render(allowed, limits, fold));
            Assert.Equal(LiquidErrorCode.LoopLimit, Refused(refused, limits, fold));
        }
    }

    [Theory]
    [InlineData("{{ x }}{{ x }}{{ x }}{{ x }}", 4)]
    [InlineData("{{ x }}{{ name }}{{ x }}{{ name }}", 4)]
    [InlineData("{% for i in ten %}{{ i }}{{ x }}{% endfor %}{{ x }}", 32)]
    [InlineData("{% for i in ten %}{{ i }}{{ name }}{% endfor %}{{ x }}", 32)]
    [InlineData("{% if x == 'x' %}{{ x }}{{ x }}{% endif %}{{ x }}", 4)]
    [InlineData("{% if x != 'x' %}{{ x }}{{ x }}{% endif %}{{ x }}", 2)]
    [InlineData("{% case x %}{% when 'x' %}{{ x }}{{ x }}{% endcase %}{{ x }}", 4)]
    [InlineData("{% render 'five' %}{{ x }}", 7)]
    public void Folded_nodes_count_as_steps(string template, int steps)
    {
        foreach (var fold in (bool[])[false, true])
        {
            Assert.NotNull(Render(template, LiquidLimits.Default with { MaxSteps = steps }, fold));
            Assert.Equal(LiquidErrorCode.StepLimit, Refused(template, LiquidLimits.Default with { MaxSteps = steps - 1 }, fold));
        }
    }

    [Theory]
    [InlineData("{% for i in ten %}{{ x }}{% endfor %}", 10)]
    [InlineData("{% for i in ten %}{{ x }}{{ name }}{% endfor %}", 40)]
    [InlineData("{% render 'five' %}", 5)]
    public void Folded_output_may_fill_the_limit_but_not_cross_it(string template, int bytes)
    {
        foreach (var fold in (bool[])[false, true])
        {
            Assert.Equal(bytes, Render(template, LiquidLimits.Default with { MaxOutputBytes = bytes }, fold).Length);
            Assert.Equal(LiquidErrorCode.OutputLimit, Refused(template, LiquidLimits.Default with { MaxOutputBytes = bytes - 1 }, fold));
        }
    }

    [Theory]
    [InlineData("{% render 'p3' %}")]
    [InlineData("{% include 'p3' %}")]
    public void Partials_in_place_of_their_tags_count_as_deep_as_they_were(string template)
    {
        foreach (var fold in (bool[])[false, true])
        {
            Assert.Equal("deep", Render(template, LiquidLimits.Default with { MaxPartialDepth = 3 }, fold));
            Assert.Equal(LiquidErrorCode.PartialDepthLimit, Refused(template, LiquidLimits.Default with { MaxPartialDepth = 2 }, fold));
        }
    }

    [Theory]
    [InlineData("{{ x | append: '2345678' }}", "{{ x | append: '23456789' }}", LiquidErrorCode.TextLimit)]
    [InlineData("{{ name | append: '45678' }}", "{{ name | append: '456789' }}", LiquidErrorCode.TextLimit)]
    [InlineData("{{ name | replace: 'n', 'nnn' }}", "{{ name | replace: 'n', 'nnnn' }}", LiquidErrorCode.TextLimit)]
    [InlineData("{% capture c %}{{ name }}45678{% endcapture %}", "{% capture c %}{{ name }}456789{% endcapture %}", LiquidErrorCode.TextLimit)]
    [InlineData("{{ (1..8) | join }}", "{{ (1..9) | join }}", LiquidErrorCode.ArrayLimit)]
    public void Texts_and_arrays_may_fill_the_limit_but_not_cross_it(string allowed, string refused, string code)
    {
        var limits = LiquidLimits.Default with { MaxTextLength = code == LiquidErrorCode.TextLimit ? 8 : 100, MaxArrayLength = 8 };
        foreach (var fold in (bool[])[false, true])
        {
            Assert.NotNull(Render(allowed, limits, fold));
            Assert.Equal(code, Refused(refused, limits, fold));
        }
    }

    [Fact]
    public void Folding_stops_where_it_would_take_too_much_and_the_render_pays()
    {
        const string Source = "{% for a in (1..200) %}{% for b in (1..200) %}{% for c in (1..200) %}{{ c | plus: b }}{% endfor %}{% endfor %}{% endfor %}";
        var limits = LiquidLimits.Default with { MaxFoldedNodes = 1000 };

        var template = LiquidTemplate.Parse(Source, Options(limits)).Bind(Data);

        Assert.False(template.IsConstant);
        Assert.Equal(LiquidErrorCode.LoopLimit, Assert.Throws<LiquidRenderException>(() => template.RenderToString()).Code);
        Assert.True(LiquidTemplate.Parse("{% for a in (1..200) %}{{ a }}{% endfor %}", Options(limits)).Bind(Data).IsConstant);
    }

    [Fact]
    public void The_nodes_of_unrolled_loops_may_fill_their_limit_but_not_cross_it()
    {
        // Three passes of a body of three nodes: the block, its text and its output.
        static bool IsFolded(int nodes) => LiquidTemplate.Parse("{% for a in (1..3) %}-{{ a }}{% endfor %}", Options(LiquidLimits.Default with { MaxFoldedNodes = nodes })).Bind(Data).IsConstant;

        Assert.True(IsFolded(9));
        Assert.False(IsFolded(8));
    }

    [Fact]
    public void Partials_that_double_at_each_level_are_put_in_place_only_so_far()
    {
        var sources = Enumerable.Range(0, 40).ToDictionary(i => $"d{i}", i => i == 0 ? "{{ name }}" : $"{{% render 'd{i - 1}' %}}{{% render 'd{i - 1}' %}}");
        var options = Options(LiquidLimits.Default with { MaxFoldedNodes = 1000, MaxSteps = 100 }) with { PartialLoader = new LiquidPartials(sources) };

        var template = LiquidTemplate.Parse("{% render 'd39' %}", options).Bind(Data);

        Assert.Equal(LiquidErrorCode.StepLimit, Assert.Throws<LiquidRenderException>(() => SlotTests.Render(template, new TestRow("Ann"))).Code);
    }

    [Fact]
    public void Cancellation_and_time_reach_a_folded_loop()
    {
        using var cancelled = new CancellationTokenSource();
        var options = Options(LiquidLimits.Default) with { TimeProvider = new HurriedClock() };
        var template = LiquidTemplate.Parse("{% for i in ten %}{% for j in (1..1000) %}{{ name }}{% endfor %}{% endfor %}", options).Bind(Data);

        Assert.Equal(LiquidErrorCode.TimeLimit, Assert.Throws<LiquidRenderException>(() => SlotTests.Render(template, new TestRow("Ann"))).Code);
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => template.Render(new ArrayBufferWriter<byte>(), new TestRow("Ann"), ct: cancelled.Token));
    }

    private static LiquidParseOptions Options(LiquidLimits limits) => new()
    {
        Limits = limits,
        Schema = LiquidSchema.FromColumns(["name"]),
        PartialLoader = new LiquidPartials(new Dictionary<string, string>
        {
            ["five"] = "{% for i in (1..5) %}5{% endfor %}",
            ["p3"] = "{% render 'p2' %}",
            ["p2"] = "{% render 'p1' %}",
            ["p1"] = "deep",
        }),
    };

    private static string Render(string source, LiquidLimits limits, bool fold)
    {
        var template = LiquidTemplate.Parse(source, Options(limits));
        var output = new ArrayBufferWriter<byte>();
        if (fold)
        {
            template.Bind(Data).Render(output, new TestRow("Ann"));
        }
        else
        {
            template.Render(output, LiquidData.From(Data), new TestRow("Ann"));
        }

        return System.Text.Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static string Refused(string source, LiquidLimits limits, bool fold) => Assert.ThrowsAny<LiquidException>(() => Render(source, limits, fold)).Code;

    /// <summary>Each look at it is a second later.</summary>
    private sealed class HurriedClock : TimeProvider
    {
        private long _ticks;

        public override long GetTimestamp() => _ticks += TimestampFrequency;
    }
}
