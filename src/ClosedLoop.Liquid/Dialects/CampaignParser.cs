using System.Text.RegularExpressions;
using ClosedLoop.Liquid.Ast;
using ClosedLoop.Liquid.Dialects.Odr;
using ClosedLoop.Liquid.Escaping;

namespace ClosedLoop.Liquid.Dialects;

/// <summary>Campaign's placeholders: <c>{Name}</c> (closed-loop spec section 8).</summary>
internal sealed partial class CampaignParser : DialectParser
{
    public CampaignParser(SourceText source, TemplateUnit unit)
        : base(source, unit)
    {
    }

    protected override string Marks => "{";

    protected override bool TryRead(int at, int end, List<Node> nodes, out int next)
    {
        if (Between(at, end, "{", "}", out next) is not { Length: <= MaxName } inside || inside.AsSpan().ContainsAny("{\n")) return false;
        var name = inside.Trim();
        if (ProductWord(name) is { } word) return TryReadProduct(word, name, at, nodes);
        if (Find(Options.DialectNames.Functions, name) is { } function)
        {
            var body = OdrParser.Parse(new SourceText($"function {name}", function), Unit);
            nodes.Add(new TextFunctionNode(body, at) { Place = Options.AutoEscape == LiquidAutoEscape.None ? null : OutputPlace.Quoted });
            return true;
        }

        if (TryResolve(name, at, out var expression))
        {
            nodes.Add(MakeOutput(expression, at));
            return true;
        }

        // Style sheets contain braces: what does not even look like a name is nothing to talk about.
        if (Name().IsMatch(name)) Unknown(name, Suggest(name), at);
        return false;
    }

    private void Unknown(string name, string expected, int at)
    {
        if (Options.Mode == LiquidMode.Strict) throw Error(LiquidErrorCode.UnknownVariable, $"unknown placeholder '{{{name}}}'", expected, at);
        Unit.Report(LiquidWarning.At(LiquidWarningCode.UnknownPlaceholder, $"unknown placeholder '{{{name}}}'", expected + "; it stays as it is", Source, at));
    }

    [GeneratedRegex(@"^[\p{L}_][\p{L}\p{N}_ .-]*$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
