using System.Collections.Concurrent;
using ClosedLoop.Liquid.Parsing;
using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid;

/// <summary>A template with the partials it reaches: they share names, options and what is known about who writes which variable.</summary>
internal sealed class TemplateUnit(LiquidParseOptions options)
{
    private readonly ConcurrentDictionary<string, Partial> _partials = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, bool> _written = new();
    private readonly ConcurrentDictionary<int, bool> _loopVariables = new();

    public LiquidParseOptions Options { get; } = options;

    public NameTable Names { get; } = new();

    /// <summary>A loop somewhere says <c>offset: continue</c>, so loops must remember where they ended.</summary>
    public bool UsesLoopContinue { get; set; }

    /// <summary>A variable's name is computed somewhere.</summary>
    public bool UsesIndirectNames { get; set; }

    /// <summary>An <c>include</c> somewhere brings in a template not known while parsing, which may write any variable.</summary>
    public bool HasDynamicInclude { get; set; }

    /// <summary>Notes that a tag may set the variable, so that it cannot be taken for a slot or frozen data.</summary>
    public void MarkWritten(int id) => _written[id] = true;

    public void MarkLoopVariable(int id) => _loopVariables[id] = true;

    public bool IsLoopVariable(int id) => _loopVariables.ContainsKey(id);

    public bool IsWritten(int id) => HasDynamicInclude || _written.ContainsKey(id);

    /// <summary>The partial, read once.</summary>
    /// <exception cref="LiquidRenderException">There is no partial of that name, or no loader.</exception>
    /// <exception cref="LiquidParseException">The partial cannot be read.</exception>
    public Partial LoadPartial(string name, RenderContext context)
    {
        if (_partials.TryGetValue(name, out var partial))
        {
            return partial;
        }

        return TryLoadPartial(name) ?? throw context.Error(
            LiquidErrorCode.PartialNotFound, $"there is no partial '{name}'", Options.PartialLoader is null ? "a partial loader in the parse options" : "the name of a partial the loader knows");
    }

    public Partial? TryLoadPartial(string name)
    {
        if (_partials.TryGetValue(name, out var partial))
        {
            return partial;
        }

        var text = Options.PartialLoader?.Load(name);
        if (text is null)
        {
            return null;
        }

        var source = new SourceText(name, text);
        partial = new Partial(source);
        if (!_partials.TryAdd(name, partial))
        {
            return _partials[name];
        }

        try
        {
            partial.Body = TemplateParser.Parse(source, this, isPartial: true);
            return partial;
        }
        catch
        {
            _partials.TryRemove(name, out _);
            throw;
        }
    }
}
