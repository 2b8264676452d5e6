using System.Buffers;
using System.Text;

namespace ClosedLoop.Liquid.Tests.Generated;

/// <summary>A template with data and a recipient, and what comes of it.</summary>
internal sealed class GeneratedCase
{
    private static readonly LiquidSchema Schema = new(
        [
            new LiquidSlot("name", 0), new LiquidSlot("recipient.name", 0), new LiquidSlot("city", 1),
            new LiquidSlot("points", 2, LiquidSlotType.Integer), new LiquidSlot("since", 3, LiquidSlotType.Date),
        ],
        ["text", "num", "flt", "flag", "none", "list", "nums", "words", "objs", "obj", "day"]);

    private static readonly LiquidPartials Partials = new(new Dictionary<string, string>
    {
        ["inc"] = "[{{ inc }}|{{ a | escape }}|{{ text }}|{{ i }}{% for w in words %}{{ w }}{{ name | upcase }}{% endfor %}]{% assign v3 = a %}",
        ["deep"] = "{% include 'inc', a: num %}{% render 'ren', a: text %}",
        ["ren"] = "({{ a }}{{ a.k | append: city }}{% if a %}{{ forloop.index }}{% endif %}{% assign b = a | default: name %}{{ b }}{% for x in a limit: 2 %}{{ x }}{% endfor %})",
        ["outer"] = "{% render 'ren', a: a %}{{ name }}{% render 'ren' %}",
    });

    private static readonly LiquidLimits Limits = LiquidLimits.Default with
    {
        MaxOutputBytes = 20_000,
        MaxTextLength = 10_000,
        MaxArrayLength = 2_000,
        MaxLoopIterations = 5_000,
        MaxSteps = 100_000,
    };

    private readonly Dictionary<string, object?> _data;
    private readonly TestRow _row;
    private readonly LiquidParseOptions _options;

    public GeneratedCase(Random random, string source)
    {
        Source = source;
        string? Text() => random.Next(8) switch { 0 => null, 1 => "", 2 => "O'Brien & <Søn>", 3 => "12", 4 => "2019-07-04", 5 => "zoë", 6 => "3.25", _ => "Ann" };
        object? Any() => random.Next(8) switch { 0 => null, 1 => 3, 2 => 2.5, 3 => true, 4 => new object?[] { 1, "x" }, 5 => "", _ => Text() };
        Dictionary<string, object?> Hash(int depth) => new() { ["k"] = Any(), ["n"] = random.Next(9), ["in"] = depth == 0 ? Hash(1) : Any() };
        _data = new Dictionary<string, object?>
        {
            ["text"] = Text(),
            ["num"] = random.Next(-2, 12),
            ["flt"] = Math.Round(random.NextDouble() * 100, random.Next(4)),
            ["flag"] = random.Next(2) == 0,
            ["none"] = null,
            ["list"] = Enumerable.Range(0, random.Next(6)).Select(_ => Any()).ToArray(),
            ["nums"] = Enumerable.Range(0, random.Next(6)).Select(_ => (object?)random.Next(-5, 50)).ToArray(),
            ["words"] = Enumerable.Range(0, random.Next(5)).Select(_ => (object?)Text()).ToArray(),
            ["objs"] = Enumerable.Range(0, random.Next(5)).Select(_ => (object?)Hash(0)).ToArray(),
            ["obj"] = Hash(0),
            ["day"] = "2026-11-" + random.Next(10, 40),
        };
        _row = new TestRow(Text(), Text(), random.Next(3) == 0 ? Text() : "250", random.Next(3) == 0 ? Text() : "2016-03-14");
        _options = new LiquidParseOptions
        {
            Schema = Schema,
            PartialLoader = Partials,
            Limits = Limits,
            AutoEscape = random.Next(2) == 0 ? LiquidAutoEscape.Html : LiquidAutoEscape.None,
            TimeProvider = new StoppedClock(),
        };
    }

    public string Source { get; }

    /// <summary>The output, or the code of the error. Anything but the library's own errors comes through.</summary>
    public string Unfolded(LiquidMode mode = LiquidMode.Lax) =>
        Outcome(() => LiquidTemplate.Parse(Source, _options with { Mode = mode }), (t, output) => t.Render(output, LiquidData.From(_data), _row));

    public string Folded() => Outcome(() => LiquidTemplate.Parse(Source, _options).Bind(_data), (t, output) => t.Render(output, _row));

    /// <summary>Bound in two goes, and with so little to spend that some of it is folded and some is not.</summary>
    public string HalfFolded(int nodes)
    {
        var first = _data.Where(p => p.Key.Length == 4).ToDictionary(p => p.Key, p => p.Value);
        var second = _data.Where(p => p.Key.Length != 4).ToDictionary(p => p.Key, p => p.Value);
        var options = _options with { Limits = Limits with { MaxFoldedNodes = nodes } };
        return Outcome(() => LiquidTemplate.Parse(Source, options).Bind(first).Bind(second), (t, output) => t.Render(output, _row));
    }

    private static string Outcome(Func<LiquidTemplate> make, Action<LiquidTemplate, IBufferWriter<byte>> render)
    {
        try
        {
            var output = new ArrayBufferWriter<byte>();
            render(make(), output);
            Assert.True(output.WrittenCount <= Limits.MaxOutputBytes);
            return Encoding.UTF8.GetString(output.WrittenSpan);
        }
        catch (LiquidException e)
        {
            Assert.StartsWith("LQ", e.Code, StringComparison.Ordinal);
            return "error " + e.Code;
        }
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 22, 6, 5, 15, TimeSpan.Zero);
    }
}
