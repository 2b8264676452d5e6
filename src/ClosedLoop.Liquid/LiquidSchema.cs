namespace ClosedLoop.Liquid;

/// <summary>The variables a template may name: slots filled per recipient, and the roots of data frozen with the mailing.</summary>
public sealed class LiquidSchema
{
    private readonly Dictionary<string, LiquidSlot> _slots;
    private readonly HashSet<string> _globals;
    private readonly HashSet<string> _roots;

    /// <summary>Names the slots and the roots of other data.</summary>
    /// <param name="slots">Paths are unique under the chosen comparison; a duplicate is an <see cref="ArgumentException"/>.</param>
    /// <param name="globals">First names of frozen or ad-hoc data, for example <c>campaign</c>; only the strict mode asks for them.</param>
    /// <param name="ignoreCase">Match paths without regard to case (ordinal).</param>
    public LiquidSchema(IEnumerable<LiquidSlot> slots, IEnumerable<string>? globals = null, bool ignoreCase = false)
    {
        ArgumentNullException.ThrowIfNull(slots);
        var comparer = ignoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
        _slots = new Dictionary<string, LiquidSlot>(comparer);
        _roots = new HashSet<string>(comparer);
        _globals = new HashSet<string>(globals ?? [], comparer);
        foreach (var slot in slots)
        {
            if (!_slots.TryAdd(slot.Path, slot))
            {
                throw new ArgumentException($"The schema names the path '{slot.Path}' twice; each path stands for one slot.", nameof(slots));
            }

            var dot = slot.Path.IndexOf('.', StringComparison.Ordinal);
            _roots.Add(dot < 0 ? slot.Path : slot.Path[..dot]);
        }
    }

    public IReadOnlyCollection<LiquidSlot> Slots => _slots.Values;

    /// <summary>A schema over plain column names: column i is slot i, also reachable under <paramref name="alias"/> and a dot.</summary>
    public static LiquidSchema FromColumns(IEnumerable<string> columns, string? alias = null, IEnumerable<string>? globals = null, bool ignoreCase = false)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var slots = new List<LiquidSlot>();
        var index = 0;
        foreach (var column in columns)
        {
            slots.Add(new LiquidSlot(column, index));
            if (alias is not null)
            {
                slots.Add(new LiquidSlot(alias + "." + column, index));
            }

            index++;
        }

        return new LiquidSchema(slots, globals, ignoreCase);
    }

    internal bool TryGetSlot(string path, out LiquidSlot slot) => _slots.TryGetValue(path, out slot!);

    internal bool HasRoot(string name) => _roots.Contains(name);

    /// <summary>The global as the schema spells it.</summary>
    internal bool TryGetGlobal(string name, out string spelled)
    {
        var found = _globals.TryGetValue(name, out var known);
        spelled = known ?? name;
        return found;
    }

    internal bool HasGlobal(string name) => _globals.Contains(name);
}
