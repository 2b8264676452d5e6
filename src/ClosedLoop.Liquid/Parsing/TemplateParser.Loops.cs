using ClosedLoop.Liquid.Ast;
using ClosedLoop.Liquid.Expressions;

namespace ClosedLoop.Liquid.Parsing;

internal sealed partial class TemplateParser
{
    private (Node Node, bool IsBlank) ParseFor(Tag tag)
    {
        var header = ParseForHeader(tag);
        var body = ParseBody();
        Body? otherwise = null;
        var end = body.End;
        if (end?.Name == "else")
        {
            otherwise = ParseBody();
            end = otherwise.End;
        }

        ExpectEnd(tag, end);
        var isBlank = body.IsBlank && otherwise is not { IsBlank: false };
        var bodyNode = BlockNode.Create(isBlank ? body.NodesWithoutText : body.Nodes);
        var otherNode = otherwise is null ? null : BlockNode.Create(isBlank ? otherwise.NodesWithoutText : otherwise.Nodes);
        return (new ForNode(header, bodyNode, otherNode), isBlank);
    }

    private ForHeader ParseForHeader(Tag tag)
    {
        var reader = new MarkupReader(_source, tag.Markup);
        var variable = reader.Consume(MarkupKind.Identifier, "the name of the loop's variable").Text;
        if (!reader.TryTakeName("in"))
        {
            throw reader.Unexpected("'in'");
        }

        var start = reader.Index;
        var collection = _expressions.Parse(reader);
        var header = new ForHeader
        {
            Name = variable + "-" + reader.TextSince(start),
            VariableId = LoopVariable(variable),
            LoopId = LoopVariable("forloop"),
            Collection = collection,
            IsReversed = reader.TryTakeName("reversed"),
            Position = tag.Position,
        };
        while (reader.Look(MarkupKind.Comma) || reader.Look(MarkupKind.Identifier))
        {
            reader.TryTake(MarkupKind.Comma);
            if (reader.Look(MarkupKind.End))
            {
                break;
            }

            header = ParseForAttribute(reader, header);
        }

        reader.ConsumeEnd("'reversed', 'limit:', 'offset:' or the end of the tag");
        return header;
    }

    private ForHeader ParseForAttribute(MarkupReader reader, ForHeader header)
    {
        var isLimit = reader.LookName("limit");
        if (!isLimit && !reader.LookName("offset"))
        {
            throw reader.Unexpected("'limit:' or 'offset:'");
        }

        reader.Take();
        reader.Consume(MarkupKind.Colon, "':'");
        if (isLimit)
        {
            return header with { Limit = _expressions.Parse(reader) };
        }

        if (reader.LookName("continue") && !reader.Look(MarkupKind.Dot, 1) && !reader.Look(MarkupKind.OpenSquare, 1))
        {
            reader.Take();
            _unit.UsesLoopContinue = true;
            return header with { Continues = true, Offset = null };
        }

        return header with { Continues = false, Offset = _expressions.Parse(reader) };
    }

    private (Node Node, bool IsBlank) ParseTableRow(Tag tag)
    {
        var match = LaxMarkup.TableRow.Match(tag.Markup.Text);
        if (!match.Success)
        {
            throw Error(LiquidErrorCode.Syntax, $"'{tag.Markup.Text}' after 'tablerow'", "'NAME in COLLECTION'", tag.Markup.Position);
        }

        var collection = match.Groups[2];
        var attributes = ParseAttributes(tag.Markup);
        var header = new TableRowHeader
        {
            VariableId = LoopVariable(match.Groups[1].Value),
            LoopId = LoopVariable("tablerowloop"),
            Collection = _lax.Parse(tag.Markup.Slice(collection.Index, collection.Length)),
            Columns = attributes.GetValueOrDefault("cols"),
            Limit = attributes.GetValueOrDefault("limit"),
            Offset = attributes.GetValueOrDefault("offset"),
            Position = tag.Position,
        };
        var body = ParseBlock(tag);
        return (new TableRowNode(header, BlockNode.Create(body.Nodes)), body.IsBlank);
    }

    private Dictionary<string, Expression> ParseAttributes(Markup markup)
    {
        var attributes = new Dictionary<string, Expression>(StringComparer.Ordinal);
        foreach (System.Text.RegularExpressions.Match match in LaxMarkup.Attribute.Matches(markup.Text))
        {
            attributes[match.Groups[1].Value] = _lax.Parse(markup.Slice(match.Groups[2].Index, match.Groups[2].Length));
        }

        return attributes;
    }

    private int LoopVariable(string name)
    {
        var id = _unit.Names.GetId(name);
        _unit.MarkLoopVariable(id);
        return id;
    }
}
