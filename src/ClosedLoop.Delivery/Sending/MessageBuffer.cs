using System.Buffers;
using System.Collections.Concurrent;

namespace ClosedLoop.Delivery.Sending;

/// <summary>A composed message; returned when its outcome is recorded.</summary>
internal sealed class MessageBuffer : IBufferWriter<byte>
{
    /// <summary>Larger buffers are not kept: one huge message must not stay in memory for ever.</summary>
    private const int LargestKept = 1024 * 1024;

    private static readonly ConcurrentBag<MessageBuffer> Pool = [];
    private byte[] _bytes = new byte[32 * 1024];
    private int _length;

    private MessageBuffer()
    {
    }

    public ReadOnlyMemory<byte> Message => _bytes.AsMemory(0, _length);

    public static MessageBuffer Rent() => Pool.TryTake(out var buffer) ? buffer : new MessageBuffer();

    public static void Return(MessageBuffer buffer)
    {
        buffer._length = 0;
        if (buffer._bytes.Length <= LargestKept) Pool.Add(buffer);
    }

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Grow(sizeHint);
        return _bytes.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Grow(sizeHint);
        return _bytes.AsSpan(_length);
    }

    private void Grow(int sizeHint)
    {
        var needed = _length + Math.Max(sizeHint, 1);
        if (needed > _bytes.Length) Array.Resize(ref _bytes, Math.Max(needed, _bytes.Length * 2));
    }
}
