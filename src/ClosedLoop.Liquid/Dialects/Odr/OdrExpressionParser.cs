using System.Text.RegularExpressions;
using ClosedLoop.Liquid.Expressions;
using ClosedLoop.Liquid.Filters;
using ClosedLoop.Liquid.Parsing;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Dialects.Odr;

/// <summary>Reads an expression of ODR. From weak to strong: or, and, not, then eq and ne.</summary>
internal sealed partial class OdrExpressionParser
{
    private readonly string _text;
    private readonly List<string> _words;
    private readonly int _position;
    private readonly OdrScope _scope;
    private int _at;
    private int _depth;

    private OdrExpressionParser(string text, int position, OdrScope scope)
    {
        _text = text;
        _position = position;
        _scope = scope;
        _words = [.. Word().Matches(text).Select(match => match.Value).Where(word => !string.IsNullOrWhiteSpace(word))];
    }

    private string Current => _at < _words.Count ? _words[_at] : "";

    public static Expression Parse(string text, int position, OdrScope scope)
    {
        var parser = new OdrExpressionParser(text, position, scope);
        var result = parser.ReadOr();
        return parser.Current.Length == 0 ? result : throw parser.Unexpected("an operator or the end");
    }

    private Expression ReadOr()
    {
        // Every bracket and function comes through here, so this bounds the depth of all of them.
        if (++_depth > LiquidLimits.Default.MaxNesting) throw _scope.Error(LiquidErrorCode.NestingTooDeep, "an expression nested too deeply", $"at most {LiquidLimits.Default.MaxNesting} levels", _position);
        var left = ReadAnd();
        while (TryTake("or")) left = new OdrOperation(OdrOperator.Or, left, ReadAnd());
        _depth--;
        return left;
    }

    private Expression ReadAnd()
    {
        var left = ReadNot();
        while (TryTake("and")) left = new OdrOperation(OdrOperator.And, left, ReadNot());
        return left;
    }

    private Expression ReadNot()
    {
        var turns = 0;
        while (TryTake("not")) turns++;
        var value = ReadComparison();
        return turns == 0 ? value : new OdrOperation(turns % 2 == 1 ? OdrOperator.Not : OdrOperator.Truth, value, ConstantExpression.Nil);
    }

    private Expression ReadComparison()
    {
        var left = ReadValue();
        if (TryTake("eq")) return new OdrOperation(OdrOperator.Equal, left, ReadValue());
        return TryTake("ne") ? new OdrOperation(OdrOperator.NotEqual, left, ReadValue()) : left;
    }

    private Expression ReadValue()
    {
        var word = Current;
        if (TryTake("(")) return ReadClosed();
        if (word.Length == 0 || !(char.IsLetterOrDigit(word[0]) || word[0] == '_' || (word.Length > 1 && (word[0] is '\'' or '-'))) || word is "and" or "or" or "eq" or "ne") throw Unexpected("a value");
        _at++;
        if (word[0] == '\'') return new ConstantExpression(LiquidValue.FromString(word[1..^1]));
        if (char.IsAsciiDigit(word[0]) || word[0] == '-') return new ConstantExpression(ExpressionParser.ParseNumber(word));
        return TryTake("(") ? ReadCall(word) : _scope.Find(word, _position);
    }

    private Expression ReadCall(string function)
    {
        if (function is "product" or "recommendation") return ReadProduct(function);
        if (function is not ("lower" or "upper" or "isEmpty")) throw _scope.Error(LiquidErrorCode.NotInDialect, $"the function '{function}'", "lower, upper, isEmpty, product or recommendation", _position);
        var argument = ReadClosed();
        if (function == "isEmpty") return new OdrOperation(OdrOperator.IsEmpty, argument, ConstantExpression.Nil);
        _ = FilterRegistry.TryGet(function == "lower" ? "downcase" : "upcase", out var filter);
        return new FilterExpression(argument, filter, [], _position);
    }

    /// <summary><c>product(id,'col')</c> and <c>recommendation(id,n,'col')</c>.</summary>
    private FilterExpression ReadProduct(string function)
    {
        if (!_scope.TryTakeProducts(function, out var filter)) throw _scope.Error(LiquidErrorCode.NotInDialect, $"the function '{function}'", "no product data: there is no catalogue to look it up in", _position);
        var ids = ReadOr();
        Expression? number = null;
        if (function == "recommendation") number = TryTake(",") ? ReadOr() : throw Unexpected("',' and a number");
        var column = TryTake(",") ? ReadClosed() : throw Unexpected("',' and a column");
        Expression[] arguments = number is null ? [column] : [column, number];
        _scope.CheckColumn(arguments, _position);
        return new FilterExpression(ids, filter, arguments, _position);
    }

    private Expression ReadClosed()
    {
        var inner = ReadOr();
        return TryTake(")") ? inner : throw Unexpected("')'");
    }

    private bool TryTake(string word)
    {
        if (Current != word) return false;
        _at++;
        return true;
    }

    private LiquidParseException Unexpected(string expected) =>
        _scope.Error(LiquidErrorCode.Syntax, $"{(Current.Length == 0 ? "the end" : $"'{Current}'")} in '%{{{_text}}}'", expected, _position);

    [GeneratedRegex(@"'[^']*'|-?\d+(?:\.\d+)?|[\p{L}_][\p{L}\p{N}_.]*|\s+|.", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}
