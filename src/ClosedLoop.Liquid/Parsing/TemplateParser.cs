using ClosedLoop.Liquid.Ast;
using ClosedLoop.Liquid.Dialects;
using ClosedLoop.Liquid.Escaping;
using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Parsing;

/// <summary>Reads a template into nodes. One instance reads one source.</summary>
internal sealed partial class TemplateParser
{
    private readonly SourceText _source;
    private readonly TemplateUnit _unit;
    private readonly ExpressionParser _expressions;
    private readonly LaxExpressionParser _lax;
    private ITokenSource _tokens;
    private bool _trimNext;
    private int _depth;

    private TemplateParser(SourceText source, TemplateUnit unit)
    {
        _source = source;
        _unit = unit;
        _expressions = new ExpressionParser(source, unit);
        _lax = new LaxExpressionParser(source, _expressions);
        _tokens = new DocumentTokens(source.Text);
    }

    private bool EscapesHtml => _unit.Options.AutoEscape != LiquidAutoEscape.None;

    private bool EscapesByPlace => _unit.Options.AutoEscape == LiquidAutoEscape.HtmlContext;

    /// <summary>Reads a whole source.</summary>
    /// <exception cref="LiquidParseException">The source breaks a rule of the language, or a limit.</exception>
    public static Node Parse(SourceText source, TemplateUnit unit)
    {
        var body = ParseUnbound(source, unit);
        unit.BindPartials();
        return body.Bind(new BindContext(unit, source, frozen: null, isPartial: false));
    }

    /// <summary>Reads a source without resolving any name yet.</summary>
    public static Node ParseUnbound(SourceText source, TemplateUnit unit, bool isPartial = false)
    {
        var limits = unit.Options.Limits;
        if (source.Text.Length > limits.MaxSourceLength)
        {
            throw new LiquidParseException(
                LiquidErrorCode.SourceTooLong, $"{source.Text.Length} characters of template", $"at most {limits.MaxSourceLength}", source, 0);
        }

        var parser = new TemplateParser(source, unit);
        var body = unit.Options.Dialect == LiquidDialect.Liquid ? parser.ParseDocument() : DialectParser.Parse(source, unit);
        if (parser.EscapesByPlace)
        {
            PlaceFinder.Apply(body, source, unit, isPartial);
        }

        return body;
    }

    private Node ParseDocument()
    {
        var body = ParseBody();
        return body.End is { } end ? throw UnknownTag(end) : BlockNode.Create(body.Nodes);
    }

    /// <summary>Reads nodes up to a tag that is not a tag of its own: an end, an <c>else</c>, or something unknown.</summary>
    private Body ParseBody()
    {
        if (++_depth > _unit.Options.Limits.MaxNesting)
        {
            throw Error(LiquidErrorCode.NestingTooDeep, "blocks nested too deeply", $"at most {_unit.Options.Limits.MaxNesting} levels", _tokens.Position);
        }

        var body = new Body();
        while (_tokens.TryNext(out var piece))
        {
            if (piece.Kind == TokenKind.Text)
            {
                AddText(body, piece);
                continue;
            }

            ApplyTrim(body, piece);
            if (piece.Kind == TokenKind.Output)
            {
                body.Add(ParseOutput(piece), isBlank: false);
                continue;
            }

            var tag = ReadTag(piece);
            if (!TryParseTag(tag, body))
            {
                body.End = tag;
                break;
            }
        }

        _depth--;
        return body;
    }

    private void AddText(Body body, Piece piece)
    {
        var text = piece.Text;
        if (_trimNext)
        {
            text = text.TrimStart(Whitespace.Trimmed);
            _trimNext = false;
        }

        body.AddText(text);
    }

    private void ApplyTrim(Body body, Piece piece)
    {
        if (!piece.IsDelimited)
        {
            return;
        }

        if (piece.Text.Length > 2 && piece.Text[2] == '-')
        {
            body.TrimEnd();
        }

        _trimNext = EndsWithTrim(piece.Text);
    }

    private static bool EndsWithTrim(string text) => text.Length > 2 && text[^3] == '-';

    private LiquidParseException Error(string code, string problem, string? expected, int position) =>
        new(code, problem, expected, _source, position);
}
