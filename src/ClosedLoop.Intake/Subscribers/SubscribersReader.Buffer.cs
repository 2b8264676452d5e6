using System.Buffers;
using System.Text.Unicode;

namespace ClosedLoop.Intake.Subscribers;

/// <summary>The sliding buffer: holds the current record whole, and never more than the record limit and one block.</summary>
public sealed partial class SubscribersReader
{
    private const int FirstBuffer = 256 * 1024;
    private const int Slack = 64 * 1024;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private readonly Stream _stream;
    private byte[] _buffer;
    private byte[] _scratch = [];
    private int _recordStart;
    private int _next;
    private int _end;
    private int _checkedTo;
    private long _bytesFilled;
    private bool _endOfStream;
    private bool _begun;
    private bool _suspectUtf8;

    private bool Begin()
    {
        if (_end < ByteOrderMark.Length && !_endOfStream)
        {
            Fill();
            return false;
        }

        _begun = true;
        if (!_buffer.AsSpan(0, _end).StartsWith(ByteOrderMark)) return true;
        _recordStart = _next = ByteOrderMark.Length;
        BytesRead = ByteOrderMark.Length;
        ReportByteOrderMark();
        return true;
    }

    private void Fill()
    {
        if (_end - _recordStart > _limits.MaxRecordBytes)
        {
            Stop(ScanResult.RecordTooLong, _buffer.AsSpan(_recordStart, _end - _recordStart));
            return;
        }

        MakeRoom();
        var read = _stream.Read(_buffer, _end, _buffer.Length - _end);
        _endOfStream = read == 0;
        _end += read;
        _bytesFilled += read;
        if (_bytesFilled > _limits.MaxBytes)
        {
            Stop(ScanResult.FileTooLong, default);
            return;
        }

        if (!_suspectUtf8) CheckNewBytes();
    }

    private void MakeRoom()
    {
        if (_recordStart > 0)
        {
            _buffer.AsSpan(_recordStart, _end - _recordStart).CopyTo(_buffer);
            _end -= _recordStart;
            _checkedTo -= _recordStart;
            _next -= _recordStart;
            _recordStart = 0;
        }

        if (_buffer.Length - _end >= Slack / 2) return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Min(_buffer.Length * 2, _limits.MaxRecordBytes + (2 * Slack)));
        _buffer.AsSpan(0, _end).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    // One vectorised pass over whole blocks; only a file with a bad sequence pays for the search record by record.
    private void CheckNewBytes()
    {
        var to = _endOfStream ? _end : _end - IncompleteTail(_buffer.AsSpan(_checkedTo, _end - _checkedTo));
        _suspectUtf8 = !Utf8.IsValid(_buffer.AsSpan(_checkedTo, to - _checkedTo));
        _checkedTo = to;
    }

    /// <summary>Bytes at the end that begin a sequence whose rest has not been read.</summary>
    private static int IncompleteTail(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= Math.Min(3, bytes.Length); back++)
        {
            var b = bytes[^back];
            if (b < 0x80) return 0;
            if (b < 0xC0) continue;
            var needed = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2;
            return needed > back ? back : 0;
        }

        return 0;
    }

    private void Unescape()
    {
        var used = 0;
        for (var i = 0; i < Math.Min(FieldCount, _slots.Length); i++)
        {
            ref var slot = ref _slots[i];
            if (!slot.Pairs) continue;
            var source = _buffer.AsSpan(_recordStart + slot.Start, slot.Length);
            if (_scratch.Length < used + source.Length) Array.Resize(ref _scratch, Math.Max(4096, (used + source.Length) * 2));
            var target = _scratch.AsSpan(used);
            var length = 0;
            while (true)
            {
                var quote = source.IndexOf(Quote);
                if (quote < 0) break;
                source[..(quote + 1)].CopyTo(target[length..]);
                length += quote + 1;
                source = source[(quote + 2)..];
            }

            source.CopyTo(target[length..]);
            length += source.Length;
            slot.Start = used;
            slot.Length = length;
            slot.Unescaped = true;
            used += length;
        }
    }
}
