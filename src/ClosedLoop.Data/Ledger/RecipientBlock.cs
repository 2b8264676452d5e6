using System.Buffers;
using System.Runtime.InteropServices;

namespace ClosedLoop.Data.Ledger;

/// <summary>
/// Some recipients in file order, ready for the ledger: addresses and field blobs lie in one buffer, which is used again for the next block.
/// Write the address, then the fields, then add the row.
/// </summary>
public sealed class RecipientBlock : IBufferWriter<byte>, IDisposable
{
    private readonly List<BlockRow> _rows = [];
    private byte[] _data = ArrayPool<byte>.Shared.Rent(64 * 1024);

    public ReadOnlySpan<BlockRow> Rows => CollectionsMarshal.AsSpan(_rows);

    public int Count => _rows.Count;

    /// <summary>Bytes written.</summary>
    public int Position { get; private set; }

    /// <summary>The normalised address, UTF-8.</summary>
    public ReadOnlySpan<byte> Address(in BlockRow row) => _data.AsSpan(row.AddressStart, row.AddressLength);

    /// <summary>The column values as <see cref="Model.Recipients.RecipientFields"/> writes them.</summary>
    public ReadOnlySpan<byte> Fields(in BlockRow row) => _data.AsSpan(row.FieldsStart, row.FieldsLength);

    public void Add(in BlockRow row) => _rows.Add(row);

    /// <summary>Empties the block; its memory stays.</summary>
    public void Clear()
    {
        _rows.Clear();
        Position = 0;
    }

    public void Dispose()
    {
        if (_data.Length == 0) return;
        ArrayPool<byte>.Shared.Return(_data);
        _data = [];
    }

    public void Advance(int count) => Position += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _data.AsMemory(Position);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _data.AsSpan(Position);
    }

    private void Reserve(int size)
    {
        size = Math.Max(size, 1);
        if (_data.Length - Position >= size) return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_data.Length * 2, Position + size));
        _data.AsSpan(0, Position).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_data);
        _data = larger;
    }
}
