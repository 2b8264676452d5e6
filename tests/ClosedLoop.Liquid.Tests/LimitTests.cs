using System.Buffers;

namespace ClosedLoop.Liquid.Tests;

public sealed class LimitTests
{
    [Fact]
    public void Output_may_fill_the_limit_but_not_cross_it()
    {
        var limits = LiquidLimits.Default with { MaxOutputBytes = 3000 };

        Assert.Equal(3000, Render(new string('x', 3000), limits).Length);
        Assert.Equal(LiquidErrorCode.OutputLimit, Refused(new string('x', 3001), limits));
        Assert.Equal(LiquidErrorCode.OutputLimit, Refused("{% for i in (1..3001) %}x{% endfor %}", limits));
    }

    [Fact]
    public void Loops_may_run_as_often_as_the_limit_but_not_once_more()
    {
        var limits = LiquidLimits.Default with { MaxLoopIterations = 10 };

        Assert.Equal("aaaaaaaaaa", Render("{% for i in (1..10) %}a{% endfor %}", limits));
        Assert.Equal(LiquidErrorCode.LoopLimit, Refused("{% for i in (1..11) %}a{% endfor %}", limits));
        Assert.Equal(LiquidErrorCode.LoopLimit, Refused("{% for i in (1..3) %}{% for j in (1..3) %}a{% endfor %}{% endfor %}", limits));
        Assert.Equal(LiquidErrorCode.LoopLimit, Refused("{% tablerow i in (1..11) %}a{% endtablerow %}", limits));
    }

    [Fact]
    public void Steps_are_counted()
    {
        var limits = LiquidLimits.Default with { MaxSteps = 4 };

        Assert.Equal("1212", Render("{{ a }}{% echo '12' %}{% assign x = a %}{{ '12' | append: a }}", limits));
        Assert.Equal(LiquidErrorCode.StepLimit, Refused("{{ a }}{% echo a %}{% assign x = a %}{{ a }}{{ a }}", limits));
    }

    [Fact]
    public void Texts_may_not_outgrow_the_limit()
    {
        var limits = LiquidLimits.Default with { MaxTextLength = 8 };

        Assert.Equal("abcdefgh", Render("{{ 'abcd' | append: 'efgh' }}", limits));
        Assert.Equal(LiquidErrorCode.TextLimit, Refused("{{ 'abcd' | append: 'efghi' }}", limits));
        Assert.Equal(LiquidErrorCode.TextLimit, Refused("{{ 'aaaaa' | replace: 'a', 'bb' }}", limits));
        Assert.Equal(LiquidErrorCode.TextLimit, Refused("{{ 'aaaa' | replace: '', 'b' }}", limits));
    }

    [Fact]
    public void Arrays_may_not_outgrow_the_limit()
    {
        var limits = LiquidLimits.Default with { MaxArrayLength = 5 };

        Assert.Equal("1 2 3 4 5", Render("{{ (1..5) | join }}", limits));
        Assert.Equal(LiquidErrorCode.ArrayLimit, Refused("{{ (1..6) | join }}", limits));
        Assert.Equal(LiquidErrorCode.ArrayLimit, Refused("{{ 'a b c d e f' | split: ' ' }}", limits));
    }

    [Fact]
    public void Blocks_may_not_nest_deeper_than_the_limit()
    {
        static string Nested(int depth) => string.Concat(Enumerable.Repeat("{% if true %}", depth)) + "x" + string.Concat(Enumerable.Repeat("{% endif %}", depth));
        var limits = LiquidLimits.Default with { MaxNesting = 10 };

        Assert.Equal("x", Render(Nested(9), limits));
        Assert.Equal(LiquidErrorCode.NestingTooDeep, Refused(Nested(10), limits));
        Assert.Equal(LiquidErrorCode.NestingTooDeep, Refused("{{ " + new string('[', 20_000) + "a" + new string(']', 20_000) + " }}", limits));
    }

    [Fact]
    public void Partials_may_not_nest_deeper_than_the_limit()
    {
        Assert.Equal(LiquidErrorCode.PartialDepthLimit, Refused("{% include 'me' %}", LiquidLimits.Default));
        Assert.Equal(LiquidErrorCode.PartialDepthLimit, Refused("{% render 'me2' %}", LiquidLimits.Default));
    }

    [Fact]
    public void Source_longer_than_the_limit_is_refused()
    {
        var limits = LiquidLimits.Default with { MaxSourceLength = 4 };

        Assert.Equal("abcd", Render("abcd", limits));
        Assert.Equal(LiquidErrorCode.SourceTooLong, Refused("abcde", limits));
    }

    [Fact]
    public void A_render_that_takes_too_long_is_ended()
    {
        var options = new LiquidParseOptions { TimeProvider = new RunningClock(), Limits = LiquidLimits.Default with { MaxTime = TimeSpan.FromSeconds(10) } };
        var template = LiquidTemplate.Parse("{% for i in (1..100000) %}a{% endfor %}", options);

        Assert.Equal(LiquidErrorCode.TimeLimit, Assert.Throws<LiquidRenderException>(() => template.RenderToString()).Code);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void A_render_may_take_all_of_its_time_but_not_a_tick_more(long ticks, bool passes)
    {
        var clock = new SetClock();
        var options = new LiquidParseOptions
        {
            TimeProvider = clock,
            Limits = LiquidLimits.Default with { MaxTime = TimeSpan.FromSeconds(10) },
            Tags = new Dictionary<string, LiquidBlockHandler> { ["wait"] = new Waiting(clock, TimeSpan.FromSeconds(10) + TimeSpan.FromTicks(ticks)) },
        };
        var template = LiquidTemplate.Parse("{% for i in (1..1000) %}a{% endfor %}{% wait %}{% endwait %}{% for i in (1..1000) %}a{% endfor %}", options);

        Assert.Equal(passes, Record.Exception(() => template.RenderToString()) is not LiquidRenderException { Code: LiquidErrorCode.TimeLimit });
    }

    [Fact]
    public void A_cancelled_render_ends()
    {
        using var source = new CancellationTokenSource();
        var handler = new Cancelling(source);
        var options = new LiquidParseOptions { Tags = new Dictionary<string, LiquidBlockHandler> { ["cancel"] = handler } };
        var template = LiquidTemplate.Parse("{% cancel %}{% endcancel %}{% for i in (1..100000) %}a{% endfor %}", options);

        Assert.Throws<OperationCanceledException>(() => template.Render(new ArrayBufferWriter<byte>(), row: null, ct: source.Token));
    }

    [Fact]
    public void Numbers_may_not_grow_without_end()
    {
        Assert.Equal(LiquidErrorCode.TextLimit, Refused("{% assign n = 10 %}{% for i in (1..40) %}{% assign n = n | times: n %}{% endfor %}", LiquidLimits.Default));
    }

    private static LiquidParseOptions Options(LiquidLimits limits) => new()
    {
        Limits = limits,
        PartialLoader = new LiquidPartials(new Dictionary<string, string> { ["me"] = "a{% include 'me' %}", ["me2"] = "a{% render 'me2' %}" }),
    };

    private static string Render(string source, LiquidLimits limits) => LiquidTemplate.Parse(source, Options(limits)).RenderToString(Data);

    private static string Refused(string source, LiquidLimits limits) => Assert.ThrowsAny<LiquidException>(() => Render(source, limits)).Code;

    private static Dictionary<string, object?> Data => [];

    private sealed class RunningClock : TimeProvider
    {
        private long _ticks;

        public override long GetTimestamp() => _ticks += TimestampFrequency;
    }

    private sealed class SetClock : TimeProvider
    {
        public TimeSpan Now { get; set; } = TimeSpan.FromSeconds(1);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }

    private sealed class Waiting(SetClock clock, TimeSpan time) : LiquidBlockHandler
    {
        public override void Write(string arguments, ReadOnlySpan<byte> body, object? state, IBufferWriter<byte> output) => clock.Now += time;
    }

    private sealed class Cancelling(CancellationTokenSource source) : LiquidBlockHandler
    {
        public override void Write(string arguments, ReadOnlySpan<byte> body, object? state, IBufferWriter<byte> output) => source.Cancel();
    }
}
