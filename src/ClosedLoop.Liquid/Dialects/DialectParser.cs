using ClosedLoop.Liquid.Ast;
using ClosedLoop.Liquid.Escaping;
using ClosedLoop.Liquid.Expressions;

namespace ClosedLoop.Liquid.Dialects;

/// <summary>
/// Reads a source of a vendor's dialect into the nodes that Liquid becomes. Besides the vendor's codes it knows the host's own block tags,
/// written as in Liquid: the host puts them into every source.
/// </summary>
internal abstract class DialectParser
{
    /// <summary>Longer texts between two marks are no names.</summary>
    protected const int MaxName = 200;

    /// <summary>Codes with an address inside are longer than names, but not endless: looking for their ends must not take quadratic time.</summary>
    private const int MaxCode = 8192;

    private readonly Dictionary<int, HostTags.Block> _hostTags;
    private int _depth;

    protected DialectParser(SourceText source, TemplateUnit unit)
    {
        Source = source;
        Unit = unit;
        _hostTags = HostTags.Find(source.Text, unit.Options.Tags.Keys, MaxCode);
    }

    protected SourceText Source { get; }

    protected string Text => Source.Text;

    protected TemplateUnit Unit { get; }

    protected LiquidParseOptions Options => Unit.Options;

    /// <summary>Reads a whole source.</summary>
    /// <exception cref="LiquidParseException">A code of the dialect that cannot be carried out, or in the strict mode a name nobody knows.</exception>
    public static Node Parse(SourceText source, TemplateUnit unit)
    {
        DialectParser parser = unit.Options.Dialect == LiquidDialect.Campaign ? new CampaignParser(source, unit) : new ContactlabParser(source, unit);
        return parser.ParseRange(0, source.Text.Length);
    }

    /// <summary>Characters a code of the dialect may begin with.</summary>
    protected abstract string Marks { get; }

    /// <summary>Reads the code at an offset. False when it is ordinary text.</summary>
    protected abstract bool TryRead(int at, int end, List<Node> nodes, out int next);

    protected Node ParseRange(int start, int end)
    {
        if (++_depth > Options.Limits.MaxNesting)
        {
            throw Error(LiquidErrorCode.NestingTooDeep, "codes nested too deeply", $"at most {Options.Limits.MaxNesting} levels", start);
        }

        var nodes = new List<Node>();
        var copied = start;
        var at = start;
        while (at < end && Text.AsSpan(at, end - at).IndexOfAny(Marks) is var found and >= 0)
        {
            at += found;
            var count = nodes.Count;
            if (!TryReadHostTag(at, end, nodes, out var next) && !TryRead(at, end, nodes, out next))
            {
                at++;
                continue;
            }

            if (at > copied) nodes.Insert(count, new TextNode(Text[copied..at]));
            at = copied = next;
        }

        if (end > copied) nodes.Add(new TextNode(Text[copied..end]));
        _depth--;
        return BlockNode.Create(nodes);
    }

    /// <summary>The column, frozen data or alias that a name stands for. False when nobody knows it.</summary>
    protected bool TryResolve(string name, int position, out Expression expression)
    {
        if (Find(Options.DialectNames.Aliases, name) is { } alias)
        {
            if (alias.Length == 0)
            {
                Unit.Report(LiquidWarning.At(LiquidWarningCode.EmptyPlaceholder, $"the placeholder '{name}' has no value here", "another placeholder; nothing is written here", Source, position));
                expression = ConstantExpression.Nil;
                return true;
            }

            name = alias;
        }

        expression = ConstantExpression.Nil;
        if (Options.Schema is not { } schema) return false;
        if (schema.TryGetSlot(name, out var slot)) name = slot.Path;
        else if (!schema.TryGetGlobal(name, out name)) return false;
        expression = new VariableExpression(name, Unit.Names.GetId(name), [], position);
        return true;
    }

    protected string Suggest(string name) => NameSuggestion.Of(
        name, (Options.Schema?.Slots.Select(slot => slot.Path) ?? []).Concat(Options.DialectNames.Aliases.Keys).Concat(Options.DialectNames.Functions.Keys)) ?? "a column of the recipient list";

    protected Node MakeOutput(Expression expression, int position) => Options.AutoEscape == LiquidAutoEscape.HtmlContext
        ? new PlaceOutputNode(expression, isMarkup: false, position)
        : new OutputNode(expression, Options.AutoEscape != LiquidAutoEscape.None);

    protected bool Starts(int at, string text) => string.CompareOrdinal(Text, at, text, 0, text.Length) == 0;

    /// <summary>What stands between an opening and a closing mark on one line.</summary>
    protected string? Between(int at, int end, string open, string close, out int next)
    {
        next = at;
        if (!Starts(at, open)) return null;
        var from = at + open.Length;
        var to = Text.IndexOf(close, from, Math.Clamp(end - from, 0, MaxCode), StringComparison.Ordinal);
        if (to < 0) return null;
        next = to + close.Length;
        return Text[from..to];
    }

    protected static string? Find(IReadOnlyDictionary<string, string> names, string name)
    {
        foreach (var (key, value) in names)
        {
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase)) return value;
        }

        return null;
    }

    protected LiquidParseException Error(string code, string problem, string expected, int position) => new(code, problem, expected, Source, position);

    private bool TryReadHostTag(int at, int end, List<Node> nodes, out int next)
    {
        next = at;
        if (!_hostTags.TryGetValue(at, out var block) || block.End > end) return false;
        nodes.Add(new CustomBlockNode(block.Name, block.Arguments, Options.Tags[block.Name], ParseRange(block.Body, block.BodyEnd), at));
        next = block.End;
        return true;
    }
}
