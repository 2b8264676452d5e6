using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Rendering;

/// <summary>The state of one render, or of one isolated partial inside it. Pooled; belongs to one thread while rented.</summary>
internal sealed partial class RenderContext
{
    private readonly Stack<ScratchBuffer> _spare = new();
    private readonly RenderBudget _ownBudget = new();
    private VariableCell[] _locals = [];
    private VariableCell[] _globals = [];
    private bool _isWritten;
    private bool _isSharing;
    private LiquidHash? _counters;
    private Dictionary<string, long>? _loopOffsets;
    private Dictionary<LiquidValue, int>? _cycles;

    public RenderContext() => Budget = _ownBudget;

    public RenderBudget Budget { get; private set; }

    public TemplateUnit Unit { get; private set; } = null!;

    public LiquidRow? Row { get; private set; }

    public object? State { get; private set; }

    /// <summary>Data of this render; invisible inside <c>render</c>.</summary>
    public LiquidHash? Data { get; private set; }

    /// <summary>Data the template was bound to; visible everywhere.</summary>
    public LiquidHash? Frozen { get; private set; }

    /// <summary>Where errors point to.</summary>
    public int Position { get; set; }

    public SourceText Source { get; set; } = null!;

    public ForLoopDrop? CurrentLoop { get; set; }

    /// <summary>The last text an <c>ifchanged</c> wrote; all of them share it.</summary>
    public string? LastChanged { get; set; }

    /// <summary>True inside a partial started by <c>render</c>, where <c>include</c> is not allowed.</summary>
    public bool IsIsolated { get; private set; }

    public void Open(TemplateUnit unit, SourceText source, LiquidRow? row, LiquidHash? data, LiquidHash? frozen, object? state)
    {
        Unit = unit;
        Source = source;
        Row = row;
        Data = data;
        Frozen = frozen;
        State = state;
        Position = 0;
        IsIsolated = false;
        var names = unit.Names.Count;
        if (_locals.Length < names)
        {
            _locals = new VariableCell[names];
            _globals = new VariableCell[names];
        }
    }

    /// <summary>Counts on a budget of others until the context is closed.</summary>
    public void Share(RenderBudget budget)
    {
        Budget = budget;
        _isSharing = true;
    }

    /// <summary>A context that shares budget, row and frozen data with its parent but none of its variables.</summary>
    public void OpenIsolated(RenderContext parent, SourceText source)
    {
        Open(parent.Unit, source, parent.Row, data: null, parent.Frozen, parent.State);
        Share(parent.Budget);
        IsIsolated = true;
    }

    public void Close()
    {
        if (_isWritten)
        {
            Array.Clear(_locals);
            Array.Clear(_globals);
            _isWritten = false;
        }

        _counters = null;
        _loopOffsets = null;
        _cycles = null;
        Row = null;
        Data = null;
        Frozen = null;
        State = null;
        CurrentLoop = null;
        LastChanged = null;
        if (_isSharing)
        {
            Budget = _ownBudget;
            _isSharing = false;
        }
    }

    /// <summary>Goes one partial deeper and returns the source to come back to.</summary>
    public SourceText EnterPartial(SourceText source, int position)
    {
        if (++Budget.PartialDepth > Budget.Limits.MaxPartialDepth)
        {
            Position = position;
            throw Error(LiquidErrorCode.PartialDepthLimit, $"partials are nested deeper than {Budget.Limits.MaxPartialDepth}", "a partial that does not bring in itself without end, or a higher MaxPartialDepth");
        }

        var outer = Source;
        Source = source;
        return outer;
    }

    public void LeavePartial(SourceText outer)
    {
        Budget.PartialDepth--;
        Source = outer;
    }

    public ScratchBuffer RentScratch() => _spare.Count > 0 ? _spare.Pop() : new ScratchBuffer();

    public void ReturnScratch(ScratchBuffer buffer)
    {
        buffer.Clear();
        _spare.Push(buffer);
    }

    public LiquidRenderException Error(string code, string problem, string? expected = null) => new(code, problem, expected, Source, Position);
}
