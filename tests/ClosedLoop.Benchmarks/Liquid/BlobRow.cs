using System.Text;
using ClosedLoop.Liquid;

namespace ClosedLoop.Benchmarks.Liquid;

/// <summary>A recipient as the service keeps one: the columns in one blob, and where each starts.</summary>
internal sealed class BlobRow : LiquidRow
{
    private readonly byte[] _blob;
    private readonly int[] _starts;

    public BlobRow(IReadOnlyList<string> values)
    {
        _blob = Encoding.UTF8.GetBytes(string.Concat(values));
        _starts = new int[values.Count + 1];
        for (var i = 0; i < values.Count; i++)
        {
            _starts[i + 1] = _starts[i] + Encoding.UTF8.GetByteCount(values[i]);
        }
    }

    public override bool IsNull(int slot) => false;

    public override ReadOnlySpan<byte> Utf8(int slot) => _blob.AsSpan(_starts[slot], _starts[slot + 1] - _starts[slot]);
}
