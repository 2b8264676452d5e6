using System.Collections.Frozen;
using ClosedLoop.Liquid.Ast;

namespace ClosedLoop.Liquid.Parsing;

internal sealed partial class TemplateParser
{
    /// <summary>Every tag of the language. <c>else</c>, <c>elsif</c>, <c>when</c> and the ends are parts of their blocks.</summary>
    private static readonly FrozenDictionary<string, Action<TemplateParser, Tag, Body>> Tags = new Dictionary<string, Action<TemplateParser, Tag, Body>>(StringComparer.Ordinal)
    {
        ["if"] = Plain((parser, tag) => parser.ParseIf(tag, isUnless: false)),
        ["unless"] = Plain((parser, tag) => parser.ParseIf(tag, isUnless: true)),
        ["case"] = Plain((parser, tag) => parser.ParseCase(tag)),
        ["for"] = Plain((parser, tag) => parser.ParseFor(tag)),
        ["tablerow"] = Plain((parser, tag) => parser.ParseTableRow(tag)),
        ["assign"] = Plain((parser, tag) => (parser.ParseAssign(tag), true)),
        ["capture"] = Plain((parser, tag) => (parser.ParseCapture(tag), true)),
        ["echo"] = Plain((parser, tag) => (parser.ParseEcho(tag), false)),
        ["increment"] = Plain((parser, tag) => (parser.ParseCounter(tag, isIncrement: true), false)),
        ["decrement"] = Plain((parser, tag) => (parser.ParseCounter(tag, isIncrement: false), false)),
        ["cycle"] = Plain((parser, tag) => (parser.ParseCycle(tag), false)),
        ["ifchanged"] = Plain((parser, tag) => parser.ParseIfChanged(tag)),
        ["include"] = Plain((parser, tag) => (parser.ParseInclude(tag), false)),
        ["render"] = Plain((parser, tag) => (parser.ParseRender(tag), false)),
        ["break"] = Plain((_, _) => (new InterruptNode(Rendering.Completion.Break), false)),
        ["continue"] = Plain((_, _) => (new InterruptNode(Rendering.Completion.Continue), false)),
        ["#"] = Plain((parser, tag) => parser.SkipInlineComment(tag)),
        ["comment"] = Plain((parser, tag) => parser.SkipComment(tag)),
        ["doc"] = Plain((parser, tag) => parser.SkipDoc(tag)),
        ["raw"] = Plain((parser, tag) => parser.ParseRaw(tag)),
        ["liquid"] = (parser, tag, body) => parser.ParseLiquid(tag, body),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Names of the language's tags.</summary>
    public static IEnumerable<string> TagNames => Tags.Keys;

    private static Action<TemplateParser, Tag, Body> Plain(Func<TemplateParser, Tag, (Node Node, bool IsBlank)> parse) => (parser, tag, body) =>
    {
        var (node, isBlank) = parse(parser, tag);
        body.Add(node, isBlank);
    };

    /// <summary>Reads a tag and, if it is a block, what it encloses. False for a tag that only makes sense to the block around it.</summary>
    private bool TryParseTag(Tag tag, Body body)
    {
        if (Tags.TryGetValue(tag.Name, out var parse))
        {
            parse(this, tag, body);
            return true;
        }

        if (_unit.Options.Tags.TryGetValue(tag.Name, out var handler))
        {
            body.Add(ParseCustomBlock(tag, handler), isBlank: false);
            return true;
        }

        return false;
    }

    private (Node Node, bool IsBlank) ParseIfChanged(Tag tag)
    {
        var body = ParseBlock(tag);
        return (new IfChangedNode(BlockNode.Create(body.Nodes)), body.IsBlank);
    }

    private CustomBlockNode ParseCustomBlock(Tag tag, LiquidBlockHandler handler)
    {
        var body = ParseBlock(tag);
        return new CustomBlockNode(tag.Name, tag.Markup.Text.Trim(), handler, BlockNode.Create(body.Nodes), tag.Position);
    }

    /// <summary>Reads a block that knows no tags but its end.</summary>
    private Body ParseBlock(Tag tag)
    {
        var body = ParseBody();
        ExpectEnd(tag, body.End);
        return body;
    }

    private void ExpectEnd(Tag opening, Tag? end)
    {
        if (end is null)
        {
            throw Unclosed(opening);
        }

        if (end.Name != "end" + opening.Name)
        {
            throw UnknownTag(end, opening);
        }
    }

    private LiquidParseException Unclosed(Tag opening) => Error(
        LiquidErrorCode.UnclosedBlock, $"the block '{opening.Name}' is never closed", $"'end{opening.Name}' before the end of the {(_tokens.IsLines ? "tag" : "template")}", opening.Position);

    private LiquidParseException UnknownTag(Tag tag, Tag? inside = null)
    {
        if (tag.Name.Length == 0)
        {
            return Error(LiquidErrorCode.Syntax, "a tag without a name", "the name of a tag", tag.Position);
        }

        var expected = inside is null
            ? tag.Name.StartsWith("end", StringComparison.Ordinal) || tag.Name is "else" or "elsif" or "when" ? "a block for it to belong to" : "a tag of the language or of the host"
            : $"'end{inside.Name}'";
        return Error(LiquidErrorCode.UnknownTag, $"the tag '{tag.Name}'{(inside is null ? "" : $" inside '{inside.Name}'")}", expected, tag.Position);
    }
}
