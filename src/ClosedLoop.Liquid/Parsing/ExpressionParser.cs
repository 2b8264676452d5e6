using System.Globalization;
using System.Numerics;
using ClosedLoop.Liquid.Expressions;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Parsing;

/// <summary>Reads values: literals, variables with their paths, ranges.</summary>
internal sealed class ExpressionParser(SourceText source, TemplateUnit unit)
{
    private int _depth;

    /// <summary>Reads one value.</summary>
    /// <param name="reader">Stands at the first token of the value, afterwards behind it.</param>
    /// <param name="literals"><c>empty</c> and <c>blank</c> are the special values of comparisons instead of empty texts.</param>
    public Expression Parse(MarkupReader reader, bool literals = false)
    {
        if (++_depth > unit.Options.Limits.MaxNesting)
        {
            throw new LiquidParseException(
                LiquidErrorCode.NestingTooDeep, "an expression nested too deeply", $"at most {unit.Options.Limits.MaxNesting} levels", source, reader.Current.Position);
        }

        var token = reader.Current;
        var result = token.Kind switch
        {
            MarkupKind.Identifier => ParseName(reader, literals),
            MarkupKind.OpenSquare => ParseIndirect(reader),
            MarkupKind.String => new ConstantExpression(LiquidValue.FromString(reader.Take().Text[1..^1])),
            MarkupKind.Number => new ConstantExpression(ParseNumber(reader.Take().Text)),
            MarkupKind.OpenRound => ParseRange(reader),
            _ => throw reader.Unexpected("a value: a name, a number, a string or a range"),
        };
        _depth--;
        return result;
    }

    public static LiquidValue ParseNumber(string text) => text.Contains('.', StringComparison.Ordinal)
        ? LiquidValue.FromFloat(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture))
        : LiquidValue.FromInteger(BigInteger.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));

    public Expression MakeVariable(string name, PathSegment[] segments, int position)
    {
        // "forloop" on its own, or with a computed index, may become "parentloop" elsewhere.
        unit.UsesParentLoop |= Array.Exists(segments, s => s.Name == "parentloop")
            || (name == "forloop" && (segments.Length == 0 || segments[0].Name is null));
        return new VariableExpression(name, unit.Names.GetId(name), segments, position);
    }

    public Expression MakeIndirect(Expression name, PathSegment[] segments, int position)
    {
        if (name is ConstantExpression { Value.Kind: LiquidKind.String } constant)
        {
            return MakeVariable(constant.Value.String, segments, position);
        }

        unit.UsesIndirectNames = true;
        return new IndirectExpression(name, segments);
    }

    public static Expression? MakeLiteral(string word, bool literals) => word switch
    {
        "nil" or "null" => ConstantExpression.Nil,
        "true" => new ConstantExpression(LiquidValue.True),
        "false" => new ConstantExpression(LiquidValue.False),
        "empty" => new ConstantExpression(literals ? LiquidValue.Empty : LiquidValue.EmptyString),
        "blank" => new ConstantExpression(literals ? LiquidValue.Blank : LiquidValue.EmptyString),
        _ => null,
    };

    public static Expression MakeRange(Expression start, Expression end, int position) =>
        start is ConstantExpression a && end is ConstantExpression b
            ? new ConstantExpression(LiquidValue.FromRange(new LiquidRange(LiteralEnd(a.Value), LiteralEnd(b.Value))))
            : new RangeExpression(start, end, position);

    private static long LiteralEnd(in LiquidValue value) => value.Kind switch
    {
        LiquidKind.Integer => value.Integer,
        LiquidKind.Float => (long)value.Float,
        LiquidKind.String => (long)Math.Clamp(NumberText.ReadPrefix(value.String).ToDouble(), long.MinValue, long.MaxValue),
        _ => 0,
    };

    private Expression ParseName(MarkupReader reader, bool literals)
    {
        var token = reader.Take();
        var segments = ParsePath(reader);
        return (segments.Length == 0 ? MakeLiteral(token.Text, literals) : null) ?? MakeVariable(token.Text, segments, token.Position);
    }

    private Expression ParseIndirect(MarkupReader reader)
    {
        var position = reader.Take().Position;
        var name = Parse(reader);
        reader.Consume(MarkupKind.CloseSquare, "']'");
        return MakeIndirect(name, ParsePath(reader), position);
    }

    private PathSegment[] ParsePath(MarkupReader reader)
    {
        List<PathSegment>? segments = null;
        while (true)
        {
            if (reader.TryTake(MarkupKind.OpenSquare))
            {
                var index = Parse(reader);
                reader.Consume(MarkupKind.CloseSquare, "']'");
                (segments ??= []).Add(new PathSegment(null, index));
            }
            else if (reader.TryTake(MarkupKind.Dot))
            {
                (segments ??= []).Add(new PathSegment(reader.Consume(MarkupKind.Identifier, "a name after the dot").Text, null));
            }
            else
            {
                return segments is null ? [] : [.. segments];
            }
        }
    }

    private Expression ParseRange(MarkupReader reader)
    {
        var position = reader.Take().Position;
        var start = Parse(reader);
        reader.Consume(MarkupKind.DotDot, "'..' between the ends of a range");
        var end = Parse(reader);
        reader.Consume(MarkupKind.CloseRound, "')'");
        if (start is ConstantExpression { Value.Kind: LiquidKind.Boolean } || end is ConstantExpression { Value.Kind: LiquidKind.Boolean })
        {
            throw new LiquidParseException(LiquidErrorCode.Syntax, "true or false as the end of a range", "a whole number", source, position);
        }

        return MakeRange(start, end, position);
    }
}
