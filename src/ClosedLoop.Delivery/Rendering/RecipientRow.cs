using System.Text;
using ClosedLoop.Liquid;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Delivery.Rendering;

/// <summary>A recipient's stored columns and system fields as a template reads them: slices of the stored blob.</summary>
internal sealed class RecipientRow : LiquidRow
{
    private readonly int _columns;
    private readonly int[] _starts;
    private readonly int[] _lengths;
    private readonly ReadOnlyMemory<byte>[] _system = new ReadOnlyMemory<byte>[SystemFields.All.Length];
    private ReadOnlyMemory<byte> _fields;

    public RecipientRow(int columns)
    {
        _columns = columns;
        _starts = new int[columns];
        _lengths = new int[columns];
    }

    public void Load(ReadOnlyMemory<byte> fields)
    {
        _fields = fields;
        RecipientFields.Index(fields.Span, _starts, _lengths);
    }

    public void SetSystem(int index, ReadOnlyMemory<byte> value) => _system[index] = value;

    /// <summary>A column as text; empty for NULL.</summary>
    public string Text(int column) => Encoding.UTF8.GetString(Utf8(column));

    public override bool IsNull(int slot) => slot < _columns && _starts[slot] < 0;

    public override ReadOnlySpan<byte> Utf8(int slot)
    {
        // Behind the system fields stands what was fetched, where anything was.
        if (slot >= _columns) return slot - _columns < _system.Length ? _system[slot - _columns].Span : default;
        return _starts[slot] < 0 ? default : _fields.Span.Slice(_starts[slot], _lengths[slot]);
    }
}
