using System.Text;
using ClosedLoop.Liquid.Expressions;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Filters.Utf8;

/// <summary>Finds the byte form of a filter call, where there is one.</summary>
internal static class Utf8FilterFactory
{
    public static Utf8Filter? TryCreate(FilterExpression call, LiquidParseOptions options) => call.Arguments switch
    {
        [] => TryCreate(call.Filter.Name),
        [ConstantExpression { Value.Kind: LiquidKind.String } format] when call.Filter.Name == "date" && format.Value.String.Length > 0 => new DateUtf8Filter(format.Value.String, options),
        [ConstantExpression { Value.Kind: LiquidKind.String } argument] => TryCreate(call.Filter.Name, Encoding.UTF8.GetBytes(argument.Value.String)),
        [ConstantExpression { Value.Kind: LiquidKind.Integer } length] when call.Filter.Name == "truncate" => new TruncateUtf8Filter(length.Value.Integer, "..."),
        [ConstantExpression { Value.Kind: LiquidKind.Integer } length, ConstantExpression { Value.Kind: LiquidKind.String } end] when call.Filter.Name == "truncate" =>
            new TruncateUtf8Filter(length.Value.Integer, end.Value.String),
        [ConstantExpression { Value.Kind: LiquidKind.String } old, ConstantExpression { Value.Kind: LiquidKind.String } fresh]
            when call.Filter.Name == "replace" && old.Value.String.Length > 0 =>
            new ReplaceUtf8Filter(Encoding.UTF8.GetBytes(old.Value.String), Encoding.UTF8.GetBytes(fresh.Value.String)),
        _ => null,
    };

    private static Utf8Filter? TryCreate(string name) => name switch
    {
        "escape" or "h" => EscapeUtf8Filter.Instance,
        "upcase" => new CaseUtf8Filter(upperFirst: true, upperRest: true),
        "downcase" => new CaseUtf8Filter(upperFirst: false, upperRest: false),
        "capitalize" => new CaseUtf8Filter(upperFirst: true, upperRest: false),
        "url_encode" => UrlEncodeUtf8Filter.Instance,
        "strip" => new StripUtf8Filter(start: true, end: true),
        "lstrip" => new StripUtf8Filter(start: true, end: false),
        "rstrip" => new StripUtf8Filter(start: false, end: true),
        "raw" => RawUtf8Filter.Instance,
        _ => null,
    };

    private static Utf8Filter? TryCreate(string name, byte[] argument) => name switch
    {
        "default" => new DefaultUtf8Filter(argument),
        "append" => new AffixUtf8Filter([], argument),
        "prepend" => new AffixUtf8Filter(argument, []),
        "remove" when argument.Length > 0 => new ReplaceUtf8Filter(argument, []),
        _ => null,
    };
}
