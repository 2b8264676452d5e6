using ClosedLoop.Liquid.Ast;

namespace ClosedLoop.Liquid.Parsing;

internal sealed partial class TemplateParser
{
    /// <summary>Reads a tag and, if it is a block, what it encloses. False for a tag that only makes sense to the block around it.</summary>
    private bool TryParseTag(Tag tag, Body body)
    {
        switch (tag.Name)
        {
            case "liquid":
                ParseLiquid(tag, body);
                return true;
            case "#":
                CheckInlineComment(tag);
                body.Add(VoidNode.Blank, isBlank: true);
                return true;
            case "comment":
                SkipComment(tag);
                body.Add(VoidNode.Blank, isBlank: true);
                return true;
            case "doc":
                var isEmpty = SkipDoc(tag);
                body.Add(isEmpty ? VoidNode.Blank : VoidNode.Visible, isEmpty);
                return true;
            case "raw":
                var raw = ParseRaw(tag);
                body.Add(new TextNode(raw), isBlank: raw.Length == 0);
                return true;
            default:
                if (ParsePlainTag(tag) is not { } parsed)
                {
                    return false;
                }

                body.Add(parsed.Node, parsed.IsBlank);
                return true;
        }
    }

    private (Node Node, bool IsBlank)? ParsePlainTag(Tag tag) => tag.Name switch
    {
        "if" => ParseIf(tag, isUnless: false),
        "unless" => ParseIf(tag, isUnless: true),
        "case" => ParseCase(tag),
        "for" => ParseFor(tag),
        "tablerow" => ParseTableRow(tag),
        "assign" => (ParseAssign(tag), true),
        "capture" => (ParseCapture(tag), true),
        "echo" => (ParseEcho(tag), false),
        "increment" => (ParseCounter(tag, isIncrement: true), false),
        "decrement" => (ParseCounter(tag, isIncrement: false), false),
        "cycle" => (ParseCycle(tag), false),
        "ifchanged" => ParseIfChanged(tag),
        "include" => (ParseInclude(tag), false),
        "render" => (ParseRender(tag), false),
        "break" => (new InterruptNode(Rendering.Completion.Break), false),
        "continue" => (new InterruptNode(Rendering.Completion.Continue), false),
        _ when _unit.Options.Tags.TryGetValue(tag.Name, out var handler) => (ParseCustomBlock(tag, handler), false),
        _ => null,
    };

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
