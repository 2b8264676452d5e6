using System.Buffers.Binary;

namespace ClosedLoop.Responses.Export.Csv;

/// <summary>Appends one sorted stretch to a spill file.</summary>
internal sealed class StretchWriter(FileStream file)
{
    private readonly long _start = file.Position;
    private byte[] _buffer = new byte[256 * 1024];
    private int _used;

    public void Add(uint second, ReadOnlySpan<byte> row)
    {
        var needed = SortedStretch.Prefix + row.Length;
        if (_used + needed > _buffer.Length) Flush();
        if (needed > _buffer.Length) _buffer = new byte[needed];
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer.AsSpan(_used), second);
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(_used + 4), row.Length);
        row.CopyTo(_buffer.AsSpan(_used + SortedStretch.Prefix));
        _used += needed;
    }

    public SortedStretch End()
    {
        Flush();
        return new SortedStretch(_start, file.Position - _start);
    }

    private void Flush()
    {
        file.Write(_buffer, 0, _used);
        _used = 0;
    }
}
