using ClosedLoop.Liquid.Ast;
using ClosedLoop.Liquid.Parsing;
using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid;

/// <summary>
/// A compiled template. Immutable: any number of threads may render it at the same time. Data is looked up in this order: what the
/// template assigned, the data of the render, the data it was bound to, the columns of the row. A name known to be a column while
/// parsing is read from the row at once, unless there is none or frozen data has that name.
/// </summary>
public sealed partial class LiquidTemplate
{
    private readonly TemplateUnit _unit;
    private readonly SourceText _source;
    private readonly Node _body;
    private readonly BlockNode _block;
    private readonly bool _mayFill;
    private readonly LiquidHash? _frozen;
    private int _sizeHint = 1024;

    private LiquidTemplate(TemplateUnit unit, SourceText source, Node body, LiquidHash? frozen)
    {
        _unit = unit;
        _source = source;
        _body = body;
        _block = BlockNode.Around(body);
        _mayFill = FitsUnclocked(body.TotalCost(), unit.Options.Limits);
        _frozen = frozen;
    }

    public string Name => _source.Name;

    public LiquidParseOptions Options => _unit.Options;

    /// <summary>
    /// What is doubtful, in the order of the source: names and filters nobody knows, outputs in places where they cannot be written. Partials
    /// add theirs when they are read.
    /// </summary>
    public IReadOnlyList<LiquidWarning> Warnings => _unit.Warnings;

    /// <summary>Numbers of the slots that the template, or a partial read with it, asks for anywhere.</summary>
    public IReadOnlySet<int> UsedSlots => _unit.UsedSlots;

    /// <summary>Something in the template, or a partial read with it, looks into <see cref="LiquidParseOptions.Catalogue"/>.</summary>
    public bool UsesCatalogue => _unit.UsesCatalogue;

    /// <summary>True when nothing is left that depends on the recipient: every render writes the same bytes.</summary>
    public bool IsConstant => _body.IsConstant;

    /// <summary>Compiles a template.</summary>
    /// <exception cref="LiquidParseException">The source breaks a rule of the language or a limit; in the strict mode also an unknown filter or column.</exception>
    public static LiquidTemplate Parse(string source, LiquidParseOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        options ??= LiquidParseOptions.Default;
        var unit = new TemplateUnit(options);
        var text = new SourceText(options.TemplateName, source);
        return new LiquidTemplate(unit, text, TemplateParser.Parse(text, unit), frozen: null);
    }

    /// <summary>
    /// A template with everything computed that depends only on this data: outputs, conditions, loops over it. Names of the data win
    /// over columns and can no longer be replaced by the data of a render.
    /// </summary>
    /// <param name="frozen">What <see cref="LiquidData.From"/> takes, or a <see cref="LiquidData"/>.</param>
    public LiquidTemplate Bind(object? frozen)
    {
        var data = LiquidData.From(frozen).Root;
        if (_frozen is not null)
        {
            data = Merge(_frozen, data);
        }

        var body = _body.Bind(new BindContext(_unit, _source, data, isPartial: false));
        return new LiquidTemplate(_unit, _source, body, data);
    }

    /// <summary>The whole template, each part once, crosses no limit on work: then filling it from the columns needs no budget.</summary>
    private static bool FitsUnclocked(BlockCost cost, LiquidLimits limits) =>
        cost.Steps + cost.Iterations <= Math.Min(MostUnclocked, limits.MaxSteps) && cost.Iterations <= limits.MaxLoopIterations;

    private static LiquidHash Merge(LiquidHash first, LiquidHash second)
    {
        var merged = new LiquidHash();
        foreach (var hash in (LiquidHash[])[first, second])
        {
            for (var i = 0; i < hash.Count; i++)
            {
                var (key, value) = hash.At(i);
                merged[key] = value;
            }
        }

        return merged;
    }
}
