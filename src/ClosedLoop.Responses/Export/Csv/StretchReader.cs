using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace ClosedLoop.Responses.Export.Csv;

/// <summary>Reads one sorted stretch of a spill file from its beginning.</summary>
internal sealed class StretchReader(SafeFileHandle file, SortedStretch stretch, int ordinal)
{
    private byte[] _buffer = new byte[256 * 1024];
    private long _next = stretch.Start;
    private int _at;
    private int _filled;
    private int _length;

    /// <summary>Second of the row, and after it the place of the stretch: rows of one second come in the order of the stretches.</summary>
    public ulong Key { get; private set; }

    public ReadOnlySpan<byte> Row => _buffer.AsSpan(_at, _length);

    /// <summary>Goes to the next row; <c>false</c> at the end.</summary>
    public bool Read()
    {
        _at += _length;
        _length = 0;
        if (!Has(SortedStretch.Prefix)) return false;
        Key = ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(_buffer.AsSpan(_at)) << 32) | (uint)ordinal;
        var length = BinaryPrimitives.ReadInt32LittleEndian(_buffer.AsSpan(_at + 4));
        _at += SortedStretch.Prefix;
        if (!Has(length)) throw new EndOfStreamException("The spill file of a sort ends within a row: its disk is most likely full or damaged.");
        _length = length;
        return true;
    }

    /// <summary>Sees to it that so many bytes are there from where it stands.</summary>
    private bool Has(int bytes)
    {
        if (_filled - _at >= bytes) return true;
        _buffer.AsSpan(_at, _filled - _at).CopyTo(_buffer);
        (_filled, _at) = (_filled - _at, 0);
        if (bytes > _buffer.Length) Array.Resize(ref _buffer, bytes);
        while (_filled < bytes)
        {
            var wanted = (int)Math.Min(_buffer.Length - _filled, stretch.Start + stretch.Length - _next);
            var read = wanted == 0 ? 0 : RandomAccess.Read(file, _buffer.AsSpan(_filled, wanted), _next);
            if (read == 0) return false;
            _filled += read;
            _next += read;
        }

        return true;
    }
}
