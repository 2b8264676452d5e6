using ClosedLoop.Liquid.Expressions;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Rendering;

/// <summary>What is known about a template before it is rendered: its columns, frozen data, and loop variables of unrolled loops.</summary>
internal sealed class BindContext
{
    private readonly TemplateUnit _unit;
    private readonly SourceText _source;
    private readonly LiquidHash? _frozen;
    private readonly bool _isPartial;
    private readonly Dictionary<int, LiquidValue?> _locals = [];

    public BindContext(TemplateUnit unit, SourceText source, LiquidHash? frozen, bool isPartial)
        : this(unit, source, frozen, isPartial, isIsolated: false, new FoldBudget(unit.Options))
    {
    }

    private BindContext(TemplateUnit unit, SourceText source, LiquidHash? frozen, bool isPartial, bool isIsolated, FoldBudget budget)
    {
        _unit = unit;
        _source = source;
        _frozen = frozen;
        _isPartial = isPartial;
        IsIsolated = isIsolated;
        Budget = budget;
    }

    public FoldBudget Budget { get; }

    /// <summary>True inside a partial started by <c>render</c>, which sees no variables but its own.</summary>
    public bool IsIsolated { get; }

    public LiquidSchema? Schema => _unit.Options.Schema;

    public bool IsStrict => _unit.Options.Mode == LiquidMode.Strict && !_isPartial;

    public bool EscapesHtml => _unit.Options.AutoEscape != LiquidAutoEscape.None;

    /// <summary>Frozen data is known: this is the binding, not the end of parsing.</summary>
    public bool IsBinding => _frozen is not null;

    public bool MayUnroll => _frozen is not null && !_unit.UsesLoopContinue && !_unit.UsesIndirectNames;

    public TemplateUnit Unit => _unit;

    /// <summary>True inside a loop that stays a loop, which unrolled ones inside it cannot name as the loop around them.</summary>
    public bool IsInLoop { get; set; }

    /// <summary>The innermost loop being unrolled.</summary>
    public ForLoopDrop? CurrentLoop { get; set; }

    /// <summary>True when only the render can say what the name stands for. A partial cannot see whose loop it runs in.</summary>
    public bool IsVariable(int id) => _locals.ContainsKey(id) || _unit.IsWritten(id) || (_isPartial && !IsIsolated && _unit.IsLoopVariable(id));

    public bool TryGetKnown(int id, string name, out LiquidValue value)
    {
        if (_locals.TryGetValue(id, out var local))
        {
            value = local.GetValueOrDefault();
            return local.HasValue;
        }

        if (_frozen is not null && !IsVariable(id) && _frozen.TryGet(name, out value))
        {
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>True when the frozen data or an unrolled loop gives the variable a value.</summary>
    public bool Knows(VariableExpression variable) => TryGetKnown(variable.Id, variable.Name, out _);

    /// <summary>Opens a scope in which the name has this value, or an unknown one when null. Returns what <see cref="Leave"/> needs.</summary>
    public (bool WasKnown, LiquidValue? Previous) Enter(int id, LiquidValue? value)
    {
        var was = _locals.TryGetValue(id, out var previous);
        _locals[id] = value;
        return (was, previous);
    }

    /// <summary>The same for a name that a tag may give another value: then nothing is known about it.</summary>
    public void EnterAssignable(int id, LiquidValue? value) => Enter(id, _unit.IsWritten(id) ? null : value);

    public void Leave(int id, (bool WasKnown, LiquidValue? Previous) state)
    {
        if (state.WasKnown)
        {
            _locals[id] = state.Previous;
        }
        else
        {
            _locals.Remove(id);
        }
    }

    /// <summary>
    /// The partial that is to be put in place of its tag, now being bound, or null when it is to stay where it is: unknown,
    /// inside itself, nested too deeply or too large. <see cref="LeavePartial"/> ends it.
    /// </summary>
    public Partial? EnterPartial(string name)
    {
        if (!IsBinding || _unit.UsesIndirectNames || _unit.FindPartial(name) is not { } partial || Budget.Partials.Contains(partial)
            || Budget.Partials.Count >= _unit.Options.Limits.MaxPartialDepth || !Budget.TryTakeNodes(partial.Body.Count()))
        {
            return null;
        }

        Budget.Partials.Push(partial);
        return partial;
    }

    public void LeavePartial() => Budget.Partials.Pop();

    /// <summary>The inside of a partial: of <c>render</c>, which knows nothing of here, or of <c>include</c>, which knows all.</summary>
    public BindContext Inside(Partial partial, bool isIsolated)
    {
        var inside = new BindContext(_unit, partial.Source, _frozen, isPartial: true, isIsolated, Budget);
        if (!isIsolated)
        {
            inside.CurrentLoop = CurrentLoop;
            inside.IsInLoop = IsInLoop;
            foreach (var (id, value) in _locals)
            {
                inside._locals.Add(id, value);
            }
        }

        return inside;
    }

    /// <summary>The expression's value, or the expression itself when it fails: then the render reports the failure if it gets there.</summary>
    public Expression TryFold(Expression expression)
    {
        if (Budget.IsSpent)
        {
            return expression;
        }

        var context = ContextPool.Rent();
        try
        {
            context.Open(_unit, _source, row: null, data: null, frozen: null, state: null);
            context.Share(Budget.Work);
            return new ConstantExpression(expression.Evaluate(context));
        }
        catch (Exception e) when (e is LiquidException or LimitException)
        {
            Budget.IsSpent |= e is LimitException { Code: LiquidErrorCode.StepLimit or LiquidErrorCode.TimeLimit };
            return expression;
        }
        finally
        {
            ContextPool.Return(context);
        }
    }

    /// <summary>A name that is no column and no root of other data. In a partial it may be what the partial is given.</summary>
    public void NoteUnknown(VariableExpression variable, LiquidSchema schema, int position)
    {
        if (!_isPartial && !schema.HasGlobal(variable.Name) && _frozen is null)
        {
            _unit.Report(LiquidWarning.At(LiquidWarningCode.UnknownVariable, $"unknown variable '{variable}'", NameSuggestion.For(variable.ToString(), schema), _source, position));
        }
    }

    public LiquidParseException Error(string code, string problem, string? expected, int position) => new(code, problem, expected, _source, position);
}
