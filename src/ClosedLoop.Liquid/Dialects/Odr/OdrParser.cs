using System.Xml;
using System.Xml.Linq;
using ClosedLoop.Liquid.Ast;
using ClosedLoop.Liquid.Expressions;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Dialects.Odr;

/// <summary>
/// Field functions in ODR: <c>odr:set</c>, <c>odr:out</c>, <c>odr:choose</c> with <c>odr:when</c> and <c>odr:otherwise</c>, and literal text
/// (closed-loop spec section 8). White space between elements is layout and not written.
/// </summary>
internal sealed class OdrParser
{
    private const string Prefix = "<odr:function xmlns:odr=\"odr\">";
    private static readonly XNamespace Odr = "odr";

    private readonly SourceText _source;
    private readonly TemplateUnit _unit;
    private readonly OdrScope _scope;
    private int _depth;

    private OdrParser(SourceText source, TemplateUnit unit)
    {
        _source = source;
        _unit = unit;
        _scope = new OdrScope(source, unit);
    }

    /// <summary>Reads a function into nodes that write plain text.</summary>
    /// <exception cref="LiquidParseException">No well-formed XML, an element or an operator outside the subset, or a name nobody knows.</exception>
    public static Node Parse(SourceText source, TemplateUnit unit)
    {
        var parser = new OdrParser(source, unit);
        try
        {
            using var text = new StringReader(Prefix + source.Text + "</odr:function>");
            using var reader = XmlReader.Create(text, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = unit.Options.Limits.MaxSourceLength });
            return parser.ReadContent(XElement.Load(reader, LoadOptions.SetLineInfo | LoadOptions.PreserveWhitespace));
        }
        catch (XmlException e)
        {
            throw new LiquidParseException(LiquidErrorCode.Syntax, e.Message, "well-formed XML", source, parser.Offset(e.LineNumber, e.LinePosition));
        }
    }

    private Node ReadContent(XElement element)
    {
        if (++_depth > _unit.Options.Limits.MaxNesting)
        {
            throw Error(LiquidErrorCode.NestingTooDeep, "elements nested too deeply", $"at most {_unit.Options.Limits.MaxNesting} levels", element);
        }

        var nodes = new List<Node>();
        foreach (var child in element.Nodes())
        {
            switch (child)
            {
                case XText text when !string.IsNullOrWhiteSpace(text.Value):
                    nodes.Add(new TextNode(WithoutLayout(text.Value)));
                    break;
                case XElement inner:
                    nodes.Add(ReadElement(inner));
                    break;
            }
        }

        _depth--;
        return BlockNode.Create(nodes);
    }

    private Node ReadElement(XElement element)
    {
        if (element.Name == Odr + "out") return BlockNode.Create(Parts(element, "value").Select(part => (Node)new OutputNode(part, escape: false)));
        if (element.Name == Odr + "choose") return ReadChoice(element);
        if (element.Name != Odr + "set")
        {
            throw Error(LiquidErrorCode.NotInDialect, $"the element '{element.Name.LocalName}'", "odr:set, odr:out or odr:choose", element);
        }

        var value = Parts(element, "value");
        return new AssignNode(_scope.Declare(Attribute(element, "var").Value), value is [var only] ? only : new OdrText([.. value]));
    }

    private IfNode ReadChoice(XElement choose)
    {
        var branches = new List<IfBranch>();
        foreach (var branch in choose.Elements())
        {
            if (branch.Name == Odr + "when")
            {
                if (Parts(branch, "test") is not [var test]) throw Error(LiquidErrorCode.Syntax, "a test that is no single expression", "test=\"%{…}\"", branch);
                branches.Add(new IfBranch(new OdrCondition(test), ReadContent(branch)));
            }
            else if (branch.Name == Odr + "otherwise" && branch.ElementsAfterSelf().FirstOrDefault() is null)
            {
                branches.Add(new IfBranch(Conditions.ConstantCondition.True, ReadContent(branch)));
            }
            else
            {
                throw Error(LiquidErrorCode.NotInDialect, $"the element '{branch.Name.LocalName}' in odr:choose", "odr:when, and odr:otherwise at the end", branch);
            }
        }

        return branches.Count > 0 ? new IfNode([.. branches]) : throw Error(LiquidErrorCode.Syntax, "an odr:choose without branches", "odr:when", choose);
    }

    /// <summary>The texts and expressions of an attribute in order.</summary>
    private List<Expression> Parts(XElement element, string name)
    {
        var attribute = Attribute(element, name);
        var text = attribute.Value;
        var position = PositionOf(attribute);
        var parts = new List<Expression>();
        var at = 0;
        while (at < text.Length)
        {
            var open = text.IndexOf("%{", at, StringComparison.Ordinal);
            if (open < 0) open = text.Length;
            if (open > at) parts.Add(new ConstantExpression(LiquidValue.FromString(text[at..open])));
            if (open == text.Length) break;
            var close = text.IndexOf('}', open);
            if (close < 0) throw new LiquidParseException(LiquidErrorCode.UnclosedTag, "an expression that is never closed", "'}'", _source, position);
            parts.Add(OdrExpressionParser.Parse(text[(open + 2)..close], position, _scope));
            at = close + 1;
        }

        return parts;
    }

    private XAttribute Attribute(XElement element, string name) =>
        element.Attribute(name) ?? throw Error(LiquidErrorCode.Syntax, $"'{element.Name.LocalName}' without '{name}'", $"{name}=\"…\"", element);

    /// <summary>Line breaks with the blanks around them are layout.</summary>
    private static string WithoutLayout(string text) => string.Concat(text.Split('\n').Select((line, i) => i == 0 ? line.TrimEnd('\r') : line.Trim()));

    private LiquidParseException Error(string code, string problem, string expected, XObject place) => new(code, problem, expected, _source, PositionOf(place));

    private int PositionOf(IXmlLineInfo place) => Offset(place.LineNumber, place.LinePosition);

    private int Offset(int line, int column)
    {
        var start = 0;
        for (var i = 1; i < line; i++) start = _source.Text.IndexOf('\n', start) is var at and >= 0 ? at + 1 : start;
        return Math.Max(0, start + column - 1 - (line <= 1 ? Prefix.Length : 0));
    }
}
