using System.Collections.Concurrent;
using ClosedLoop.Liquid.Parsing;
using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid;

/// <summary>A template with the partials it reaches: they share names, options and what is known about who writes which variable.</summary>
internal sealed class TemplateUnit(LiquidParseOptions options)
{
    private readonly ConcurrentDictionary<string, Partial> _partials = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Partial> _loading = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, bool> _written = new();
    private readonly ConcurrentDictionary<int, bool> _loopVariables = new();

    // Both belong to the thread that parses; afterwards partials come one by one, when a render asks for them.
    private List<Partial>? _unbound = [];
    private int _readDepth;

    private readonly HashSet<LiquidWarning> _warnings = [];
    private readonly HashSet<int> _usedSlots = [];

    public LiquidParseOptions Options { get; } = options;

    /// <summary>What is doubtful in the template and its partials, in the order of the source.</summary>
    public IReadOnlyList<LiquidWarning> Warnings
    {
        get
        {
            lock (_warnings) return [.. _warnings.OrderBy(w => w.TemplateName == Options.TemplateName ? "" : w.TemplateName, StringComparer.Ordinal).ThenBy(w => w.Line).ThenBy(w => w.Column)];
        }
    }

    public IReadOnlySet<int> UsedSlots
    {
        get
        {
            lock (_warnings) return new HashSet<int>(_usedSlots);
        }
    }

    public NameTable Names { get; } = new();

    /// <summary>A loop somewhere says <c>offset: continue</c>, so loops must remember where they ended.</summary>
    public bool UsesLoopContinue { get; set; }

    /// <summary>Something somewhere may ask a loop for the loop around it.</summary>
    public bool UsesParentLoop { get; set; }

    /// <summary>Something somewhere looks into the catalogue.</summary>
    public bool UsesCatalogue { get; set; }

    /// <summary>A variable's name is computed somewhere.</summary>
    public bool UsesIndirectNames { get; set; }

    /// <summary>An <c>include</c> somewhere brings in a template not known while parsing, which may write any variable.</summary>
    public bool HasDynamicInclude { get; set; }

    /// <summary>Notes that a tag may set the variable, so that it cannot be taken for a slot or frozen data.</summary>
    public void MarkWritten(int id) => _written[id] = true;

    public void MarkLoopVariable(int id) => _loopVariables[id] = true;

    public bool IsLoopVariable(int id) => _loopVariables.ContainsKey(id);

    public bool IsWritten(int id) => HasDynamicInclude || _written.ContainsKey(id);

    public void Report(LiquidWarning warning)
    {
        lock (_warnings) _warnings.Add(warning);
    }

    public void MarkUsed(int slot)
    {
        lock (_warnings) _usedSlots.Add(slot);
    }

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

    /// <summary>False when partials are nested so deeply that reading them must wait for the render, which refuses them.</summary>
    public bool MayReadAhead => _readDepth < Options.Limits.MaxPartialDepth;

    /// <summary>The partial if it was read while parsing.</summary>
    public Partial? FindPartial(string name) => _partials.GetValueOrDefault(name);

    /// <summary>
    /// Ends the reading of the template and all partials it names. Only now it is known which names are variables somewhere, so
    /// only now the others can be taken for columns.
    /// </summary>
    public void BindPartials()
    {
        var partials = _unbound ?? [];
        _unbound = null;
        foreach (var partial in partials)
        {
            Bind(partial);
        }
    }

    public Partial? TryLoadPartial(string name)
    {
        if (_partials.TryGetValue(name, out var partial))
        {
            return partial;
        }

        // One at a time: a partial that is half read is seen only by the thread that reads it, which then closes a cycle.
        lock (_loading)
        {
            return _partials.TryGetValue(name, out partial) || _loading.TryGetValue(name, out partial) ? partial : ReadPartial(name);
        }
    }

    private Partial? ReadPartial(string name)
    {
        var text = Options.PartialLoader?.Load(name);
        if (text is null)
        {
            return null;
        }

        var source = new SourceText(name, text);
        var partial = new Partial(source);
        _loading.Add(name, partial);
        try
        {
            _readDepth++;
            partial.Body = TemplateParser.ParseUnbound(source, this, isPartial: true);
            _unbound?.Add(partial);
            if (_unbound is null)
            {
                Bind(partial);
            }

            _partials[name] = partial;
            return partial;
        }
        finally
        {
            _loading.Remove(name);
            _readDepth--;
        }
    }

    private void Bind(Partial partial) =>
        partial.Body = partial.Body.Bind(new BindContext(this, partial.Source, frozen: null, isPartial: true));
}
