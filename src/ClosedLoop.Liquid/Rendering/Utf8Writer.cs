using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Rendering;

/// <summary>Writes UTF-8 into a buffer writer through one open span, and keeps the output limit to the byte.</summary>
internal ref struct Utf8Writer
{
    private readonly IBufferWriter<byte> _target;
    private Span<byte> _span;
    private int _used;
    private long _remaining;

    /// <summary>Opens a span on the target.</summary>
    /// <param name="target">Where the bytes go.</param>
    /// <param name="limit">Most bytes to be written through this writer.</param>
    /// <param name="sizeHint">Bytes expected; a good guess saves growing.</param>
    public Utf8Writer(IBufferWriter<byte> target, long limit, int sizeHint)
    {
        _target = target;
        _remaining = limit;
        Open(sizeHint);
    }

    /// <summary>Bytes that may still be written.</summary>
    public readonly long Remaining => _remaining - _used;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(scoped ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= _span.Length - _used)
        {
            bytes.CopyTo(_span[_used..]);
            _used += bytes.Length;
        }
        else
        {
            WriteSlow(bytes);
        }
    }

    public void Write(string text)
    {
        // Three bytes is the most one UTF-16 unit can need.
        if (text.Length * 3L <= _span.Length - _used)
        {
            _used += Encoding.UTF8.GetBytes(text, _span[_used..]);
            return;
        }

        Span<byte> chunk = stackalloc byte[512];
        var rest = text.AsSpan();
        while (rest.Length > 0)
        {
            var take = Math.Min(rest.Length, 160);
            if (take < rest.Length && char.IsHighSurrogate(rest[take - 1]))
            {
                take--;
            }

            Write(chunk[..Encoding.UTF8.GetBytes(rest[..take], chunk)]);
            rest = rest[take..];
        }
    }

    public void Write(long value)
    {
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(value, digits, out var length);
        Write(digits[..length]);
    }

    public void Write(double value)
    {
        Span<byte> digits = stackalloc byte[FloatText.MaxLength];
        Write(digits[..FloatText.Format(value, digits)]);
    }

    /// <summary>Hands what was written to the target; the writer may go on afterwards.</summary>
    public void Flush()
    {
        _target.Advance(_used);
        _remaining -= _used;
        _used = 0;
        _span = default;
    }

    private void WriteSlow(scoped ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (_used == _span.Length)
            {
                Flush();
                if (_remaining == 0)
                {
                    throw new LimitException(LiquidErrorCode.OutputLimit, "the output is longer than the limit allows", "a shorter text, or a higher MaxOutputBytes");
                }

                Open(bytes.Length);
            }

            var take = Math.Min(bytes.Length, _span.Length - _used);
            bytes[..take].CopyTo(_span[_used..]);
            _used += take;
            bytes = bytes[take..];
        }
    }

    private void Open(int sizeHint)
    {
        _span = _target.GetSpan((int)Math.Clamp(sizeHint, 256, Math.Max(256, Math.Min(_remaining, int.MaxValue / 4))));
        if (_span.Length > _remaining)
        {
            _span = _span[..(int)_remaining];
        }
    }
}
