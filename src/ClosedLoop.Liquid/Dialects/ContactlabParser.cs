using ClosedLoop.Liquid.Ast;
using ClosedLoop.Liquid.Expressions;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Dialects;

/// <summary>Contactlab's codes (XML delivery spec section 10). What a code writes is never read again.</summary>
internal sealed class ContactlabParser(SourceText source, TemplateUnit unit) : DialectParser(source, unit)
{
    private static readonly (string Open, string Close)[] Fetching = [("@{", "}@"), ("<@", "@>"), ("@(", ")@"), ("^(", ")^")];

    protected override string Marks => "$<@^%{";

    protected override bool TryRead(int at, int end, List<Node> nodes, out int next)
    {
        if (Between(at, end, "${", "}$", out next) is { Length: <= MaxName } field && !field.Contains('\n', StringComparison.Ordinal))
        {
            if (!TryResolve(field.Trim(), at, out var expression)) throw Error(LiquidErrorCode.UnknownVariable, $"unknown field '${{{field}}}$'", Suggest(field.Trim()), at);
            nodes.Add(MakeOutput(expression, at));
            return true;
        }

        if (Between(at, end, "<{", "}>", out next) is { Length: <= MaxName } label) return TryReadNote(label.Trim(), at, nodes);
        if (TryReadLink(at, end, nodes, out next)) return true;
        if (Starts(at, "<%")) throw Error(LiquidErrorCode.NotInDialect, "ERB code", "no '<%': templates do not run programs (E-19)", at);
        foreach (var (open, close) in Fetching)
        {
            if (Between(at, end, open, close, out next) is { } url && !url.Contains('\n', StringComparison.Ordinal))
            {
                throw Error(LiquidErrorCode.NotInDialect, $"the code '{open}…{close}'", "no content from elsewhere: fetching is switched off (E-19)", at);
            }
        }

        return false;
    }

    private bool TryReadNote(string label, int at, List<Node> nodes)
    {
        if (Find(Options.DialectNames.Notes, label) is { } note)
        {
            nodes.Add(MakeOutput(new ConstantExpression(LiquidValue.FromString(note)), at));
            return true;
        }

        Unit.Report(LiquidWarning.At(LiquidWarningCode.UnknownPlaceholder, $"unknown note '<{{{label}}}>'", "the label of a note; it stays as it is", Source, at));
        return false;
    }

    /// <summary>A link code is its address; whether it is tracked is for the host, which wraps it in a tag.</summary>
    private bool TryReadLink(int at, int end, List<Node> nodes, out int next)
    {
        // Text that ends with a percent sign, before a tag of the host.
        next = at;
        if (Starts(at, "%{%")) return false;
        var url = Between(at, end, "%{", "}%", out next) ?? Between(at, end, "^{", "}^", out next);
        if (url is null || url.Contains('\n', StringComparison.Ordinal)) return false;
        nodes.Add(ParseRange(at + 2, next - 2));
        return true;
    }
}
