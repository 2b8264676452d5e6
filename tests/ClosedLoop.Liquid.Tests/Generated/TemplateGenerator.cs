using System.Globalization;
using System.Text;
using ClosedLoop.Liquid.Filters;

namespace ClosedLoop.Liquid.Tests.Generated;

/// <summary>Writes templates that obey the grammar: all tags, all filters with as many arguments as they take, names that exist.</summary>
internal sealed partial class TemplateGenerator(Random random)
{
    private const int MaxDepth = 4;

    /// <summary>Names that the templates assign; reading one that was not assigned is allowed.</summary>
    private static readonly string[] Assigned = ["v1", "v2", "v3"];

    private static readonly string[] Roots =
    [
        "name", "city", "recipient.name", "points", "since", "text", "num", "flt", "flag", "none", "list", "nums", "words", "objs", "obj", "obj.k", "obj.in.k",
        "objs[0].k", "objs[1]", "objs.first.n", "words.last", "words.size", "list[2]", "nums[-1]", "obj['k']", "text.size", "day",
    ];

    private static readonly FilterDefinition[] Filters = [.. FilterRegistry.Names.Order(StringComparer.Ordinal).Select(n => FilterRegistry.TryGet(n, out var f) ? f : null!)];

    private readonly List<string> _loopVariables = [];
    private int _loops;

    public string Template()
    {
        var text = new StringBuilder();
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            Piece(text, 0);
        }

        return text.ToString();
    }

    private void Piece(StringBuilder text, int depth)
    {
        switch (random.Next(10))
        {
            case < 3:
                text.Append(Pick("a ", "<b>\n", " ", "\n", "é𝄞", "x&y ", "} ", "{ ", "% ", "-"));
                break;
            case < 6:
                text.Append("{{").Append(Dash()).Append(' ').Append(Filtered()).Append(' ').Append(Dash()).Append("}}");
                break;
            default:
                Tag(text, depth);
                break;
        }
    }

    private string Body(int depth)
    {
        var text = new StringBuilder();
        for (var i = random.Next(0, 4); i > 0; i--)
        {
            Piece(text, depth + 1);
        }

        return text.ToString();
    }

    private string Filtered()
    {
        var text = new StringBuilder(Value());
        for (var i = random.Next(0, 4); i > 0; i--)
        {
            text.Append(" | ").Append(FilterCall());
        }

        return text.ToString();
    }

    private string FilterCall()
    {
        var filter = Filters[random.Next(Filters.Length)];
        var count = random.Next(filter.MinArguments, filter.MaxArguments + 1);
        if (filter.Name == "default" && count == 2)
        {
            return "default: " + Value() + ", allow_false: true";
        }

        if (filter.Name == "date" && random.Next(3) > 0)
        {
            return "date: " + Pick("'%Y-%m-%d'", "'%d %B %Y'", "'%e.%b %y'", "'%H:%M'", "'%A %-d'", "'%s %z'", "'%q %'");
        }

        return count == 0 ? filter.Name : filter.Name + ": " + string.Join(", ", Enumerable.Range(0, count).Select(_ => Value()));
    }

    private string Value() => random.Next(8) switch
    {
        < 4 => Variable(),
        4 => Pick("'a'", "\"b'c\"", "''", "' '", "'<&>'", "'é𝄞ß'", "'k'", "'n'", "'2016-03-14'", "'12'", "'3.5'", "'-7x'", "'%Y'"),
        5 => Pick("0", "1", "-3", "2.5", "100.0", "0.01", "9223372036854775807", "7"),
        6 => Pick("true", "false", "nil", "(1..3)", "(num..4)"),
        _ => random.Next(1000).ToString(CultureInfo.InvariantCulture),
    };

    private string Variable()
    {
        var kind = random.Next(10);
        if (kind == 0)
        {
            return Assigned[random.Next(Assigned.Length)];
        }

        if (kind < 4 && _loopVariables.Count > 0)
        {
            return _loopVariables[random.Next(_loopVariables.Count)] + Pick("", "", ".k", ".n", "[0]", ".size");
        }

        return kind == 4 && _loops > 0 ? "forloop." + Pick("index", "index0", "rindex", "first", "last", "length", "parentloop.index", "name") : Roots[random.Next(Roots.Length)];
    }

    private string Condition()
    {
        var text = Comparison();
        for (var i = random.Next(0, 3); i > 0; i--)
        {
            text += Pick(" and ", " or ") + Comparison();
        }

        return text;
    }

    private string Comparison() => random.Next(4) == 0
        ? Value()
        : Value() + Pick(" == ", " != ", " < ", " > ", " <= ", " >= ", " contains ", " <> ") + (random.Next(6) == 0 ? Pick("empty", "blank") : Value());

    private string Dash() => random.Next(8) == 0 ? "-" : "";

    private string Pick(params ReadOnlySpan<string> choices) => choices[random.Next(choices.Length)];
}
