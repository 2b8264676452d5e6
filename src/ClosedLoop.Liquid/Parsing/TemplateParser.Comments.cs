using System.Text;
using ClosedLoop.Liquid.Ast;

namespace ClosedLoop.Liquid.Parsing;

internal sealed partial class TemplateParser
{
    private (Node Node, bool IsBlank) SkipInlineComment(Tag tag)
    {
        var lines = tag.Markup.Text.Split('\n');
        foreach (var line in lines.Skip(1))
        {
            var trimmed = line.AsSpan().TrimStart(" \t\r\f\v");
            if (trimmed.Length > 0 && trimmed[0] != '#')
            {
                throw Error(LiquidErrorCode.Syntax, "a line of a comment that does not start with '#'", "'#' at the start of each line", tag.Position);
            }
        }

        return (VoidNode.Blank, true);
    }

    private (Node Node, bool IsBlank) SkipComment(Tag tag)
    {
        var depth = 1;
        while (_tokens.TryNext(out var piece))
        {
            switch (CommentTagName(piece))
            {
                case "raw":
                    SkipRawInComment(tag);
                    break;
                case "comment":
                    depth++;
                    break;
                case "endcomment":
                    depth--;
                    break;
            }

            if (depth == 0)
            {
                _trimNext = piece.IsDelimited ? EndsWithTrim(piece.Text) : _trimNext;
                return (VoidNode.Blank, true);
            }
        }

        throw Unclosed(tag);
    }

    /// <summary>The tag's name if the piece is a tag from its first character to its last.</summary>
    private static string? CommentTagName(Piece piece)
    {
        if (piece.Kind != TokenKind.Tag || (piece.IsDelimited && !piece.Text.EndsWith("%}", StringComparison.Ordinal)))
        {
            return null;
        }

        return SplitTag(piece).Name;
    }

    private void SkipRawInComment(Tag comment)
    {
        while (_tokens.TryNext(out var piece))
        {
            if (FindLastTag(piece, out _) == "endraw")
            {
                return;
            }
        }

        throw Error(LiquidErrorCode.UnclosedBlock, "the block 'raw' inside a comment is never closed", "'endraw'", comment.Position);
    }

    private (Node Node, bool IsBlank) ParseRaw(Tag tag)
    {
        if (!Whitespace.IsBlank(tag.Markup.Text))
        {
            throw Error(LiquidErrorCode.Syntax, $"'{tag.Markup.Text}' after 'raw'", "nothing", tag.Markup.Position);
        }

        var text = new StringBuilder();
        _ = ReadVerbatim(tag, text, isDoc: false);
        return (new TextNode(text.ToString()), text.Length == 0);
    }

    private (Node Node, bool IsBlank) SkipDoc(Tag tag)
    {
        if (!Whitespace.IsBlank(tag.Markup.Text))
        {
            throw Error(LiquidErrorCode.Syntax, $"'{tag.Markup.Text}' after 'doc'", "nothing", tag.Markup.Position);
        }

        return ReadVerbatim(tag, new StringBuilder(), isDoc: true) ? (VoidNode.Blank, true) : (VoidNode.Visible, false);
    }

    /// <summary>Collects pieces as they stand up to the end tag. Returns whether there was nothing.</summary>
    private bool ReadVerbatim(Tag tag, StringBuilder text, bool isDoc)
    {
        while (_tokens.TryNext(out var piece))
        {
            var name = FindLastTag(piece, out var before);
            if (isDoc && name == "doc")
            {
                throw Error(LiquidErrorCode.Syntax, "a 'doc' inside a 'doc'", "'enddoc'", piece.Position);
            }

            if (name == "end" + tag.Name)
            {
                _trimNext = EndsWithTrim(piece.Text);
                text.Append(piece.Text, 0, before);
                return text.Length == 0;
            }

            text.Append(piece.Text);
        }

        throw Unclosed(tag);
    }

    /// <summary>The name of the last tag inside a piece that ends like a tag, even when the piece began as something else.</summary>
    private static string? FindLastTag(Piece piece, out int before)
    {
        var text = piece.Text;
        before = 0;
        if (!piece.IsDelimited || !text.EndsWith("%}", StringComparison.Ordinal))
        {
            return null;
        }

        for (before = text.LastIndexOf("{%", StringComparison.Ordinal); before >= 0; before = before == 0 ? -1 : text.LastIndexOf("{%", before - 1, StringComparison.Ordinal))
        {
            if (before + 4 > text.Length)
            {
                continue;
            }

            var name = SplitTag(new Piece(TokenKind.Tag, text[before..], piece.Position + before, IsDelimited: true)).Name;
            if (name.Length > 0 && name != "#")
            {
                return name;
            }
        }

        before = 0;
        return null;
    }
}
