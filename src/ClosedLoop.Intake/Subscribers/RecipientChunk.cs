using System.Buffers;
using System.Runtime.InteropServices;

namespace ClosedLoop.Intake.Subscribers;

/// <summary>
/// Some accepted records in file order, ready for the ledger: addresses and field blobs lie in one pooled buffer.
/// Dispose it when the rows are written; nothing of it may be used after that.
/// </summary>
public sealed class RecipientChunk : IDisposable, IBufferWriter<byte>
{
    private readonly List<RecipientRow> _rows = [];
    private byte[] _data = ArrayPool<byte>.Shared.Rent(64 * 1024);
    private int _used;

    public ReadOnlySpan<RecipientRow> Rows => CollectionsMarshal.AsSpan(_rows);

    public int Count => _rows.Count;

    /// <summary>The normalised address, ASCII.</summary>
    public ReadOnlySpan<byte> Address(in RecipientRow row) => _data.AsSpan(row.AddressStart, row.AddressLength);

    /// <summary>The column values as <see cref="Model.Recipients.RecipientFields"/> writes them.</summary>
    public ReadOnlySpan<byte> Fields(in RecipientRow row) => _data.AsSpan(row.FieldsStart, row.FieldsLength);

    public void Dispose()
    {
        if (_data.Length == 0) return;
        ArrayPool<byte>.Shared.Return(_data);
        _data = [];
    }

    public void Advance(int count) => _used += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _data.AsMemory(_used);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _data.AsSpan(_used);
    }

    internal int Position => _used;

    internal void AddRow(RecipientRow row) => _rows.Add(row);

    private void Reserve(int size)
    {
        size = Math.Max(size, 1);
        if (_data.Length - _used >= size) return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_data.Length * 2, _used + size));
        _data.AsSpan(0, _used).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_data);
        _data = larger;
    }
}
