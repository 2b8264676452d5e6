using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Rendering;

internal sealed partial class RenderContext
{
    /// <summary>Finds a variable as the language does: loop and partial variables, then assigned ones, counters, and the data.</summary>
    public bool TryGetVariable(int id, string name, out LiquidValue value)
    {
        if (id < _locals.Length)
        {
            if (_locals[id].IsSet)
            {
                value = _locals[id].Value;
                return true;
            }

            if (_globals[id].IsSet)
            {
                value = _globals[id].Value;
                return true;
            }
        }

        return TryGetData(name, out value);
    }

    public VariableCell GetLocal(int id)
    {
        Reserve(id);
        return _locals[id];
    }

    public void SetLocal(int id, in LiquidValue value)
    {
        Reserve(id);
        _locals[id].Value = value;
        _locals[id].IsSet = true;
        _isWritten = true;
    }

    public void RestoreLocal(int id, VariableCell cell) => _locals[id] = cell;

    public void SetGlobal(int id, in LiquidValue value)
    {
        Reserve(id);
        _globals[id].Value = value;
        _globals[id].IsSet = true;
        _isWritten = true;
    }

    /// <summary>A counter starts at the data's value of its name, or 0.</summary>
    public long GetCounter(string name)
    {
        if (!TryGetData(name, out var value) || value.IsNil)
        {
            return 0;
        }

        if (value.Kind != LiquidKind.Integer)
        {
            throw Error(LiquidErrorCode.InvalidArgument, $"the counter '{name}' holds a value that is not a whole number", "a name that the data does not use");
        }

        return value.Integer;
    }

    public void SetCounter(string name, long value) => (_counters ??= new LiquidHash())[name] = LiquidValue.FromInteger(value);

    public long GetLoopOffset(string loop) => _loopOffsets is null ? 0 : _loopOffsets.GetValueOrDefault(loop);

    public void SetLoopOffset(string loop, long offset) => (_loopOffsets ??= [])[loop] = offset;

    public int GetCycle(in LiquidValue key) => _cycles is null ? 0 : _cycles.GetValueOrDefault(key);

    public void SetCycle(in LiquidValue key, int index) => (_cycles ??= new Dictionary<LiquidValue, int>(SameValueComparer.Instance))[key] = index;

    private bool TryGetData(string name, out LiquidValue value)
    {
        if (_counters is not null && _counters.TryGet(name, out value))
        {
            return true;
        }

        if (Data is not null && Data.TryGet(name, out value))
        {
            return true;
        }

        if (Frozen is not null && Frozen.TryGet(name, out value))
        {
            return true;
        }

        if (Row is not null && Unit.Options.Schema is { } schema && schema.TryGetSlot(name, out var slot))
        {
            value = SlotReader.Read(Row, slot);
            return true;
        }

        value = default;
        return false;
    }

    private void Reserve(int id)
    {
        // A partial loaded during this render may have brought new names.
        if (id >= _locals.Length)
        {
            var size = Math.Max(id + 1, Unit.Names.Count);
            Array.Resize(ref _locals, size);
            Array.Resize(ref _globals, size);
        }
    }
}
