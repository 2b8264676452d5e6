using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Rendering;

/// <summary>Writes UTF-8 into a buffer writer through one open span, and keeps the output limit to the byte.</summary>
internal ref struct Utf8Writer
{
    private readonly IBufferWriter<byte>? _target;
    private Span<byte> _free;
    private int _opened;
    private long _remaining;
    private readonly bool _isText;

    /// <summary>Opens a span on the target.</summary>
    /// <param name="target">Where the bytes go.</param>
    /// <param name="limit">Most bytes to be written through this writer.</param>
    /// <param name="sizeHint">Bytes expected; a good guess saves growing.</param>
    /// <param name="isText">The bytes become a value of the template: then the limit is the one on texts.</param>
    public Utf8Writer(IBufferWriter<byte> target, long limit, int sizeHint, bool isText = false)
    {
        _isText = isText;
        _target = target;
        _remaining = limit;
        Open(sizeHint);
    }

    /// <summary>Writes into room that is known to suffice.</summary>
    public Utf8Writer(Span<byte> room)
    {
        _free = room;
        _opened = room.Length;
        _remaining = room.Length;
    }

    /// <summary>Bytes that may still be written.</summary>
    public readonly long Remaining => _remaining - Used;

    /// <summary>Bytes written since the last flush.</summary>
    public readonly int Used => _opened - _free.Length;

    /// <summary>Room that can be filled directly; <see cref="Advance"/> says how much of it was.</summary>
    public readonly Span<byte> Free => _free;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance(int count) => _free = _free[count..];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(scoped ReadOnlySpan<byte> bytes)
    {
        if (bytes.TryCopyTo(_free))
        {
            _free = _free[bytes.Length..];
        }
        else
        {
            WriteSlow(bytes);
        }
    }

    public void Write(string text)
    {
        // Three bytes is the most one UTF-16 unit can need.
        if (text.Length * 3L <= _free.Length)
        {
            Advance(Encoding.UTF8.GetBytes(text, _free));
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
        if (Utf8Formatter.TryFormat(value, _free, out var written))
        {
            Advance(written);
            return;
        }

        WriteSlow(value);
    }

    public void Write(double value)
    {
        if (_free.Length >= FloatText.MaxLength)
        {
            Advance(FloatText.Format(value, _free));
            return;
        }

        Span<byte> digits = stackalloc byte[FloatText.MaxLength];
        Write(digits[..FloatText.Format(value, digits)]);
    }

    /// <summary>Hands what was written to the target; the writer may go on afterwards.</summary>
    public void Flush()
    {
        var used = Used;
        _target?.Advance(used);
        _remaining -= used;
        _opened = 0;
        _free = default;
    }

    private void WriteSlow(long value)
    {
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(value, digits, out var length);
        Write(digits[..length]);
    }

    private void WriteSlow(scoped ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (_free.IsEmpty)
            {
                Flush();
                if (_remaining == 0)
                {
                    throw _isText
                        ? new LimitException(LiquidErrorCode.TextLimit, "a text is longer than the limit allows", "a shorter text, or a higher MaxTextLength")
                        : new LimitException(LiquidErrorCode.OutputLimit, "the output is longer than the limit allows", "a shorter text, or a higher MaxOutputBytes");
                }

                Open(bytes.Length);
            }

            var take = Math.Min(bytes.Length, _free.Length);
            bytes[..take].CopyTo(_free);
            Advance(take);
            bytes = bytes[take..];
        }
    }

    private void Open(int sizeHint)
    {
        _free = _target!.GetSpan((int)Math.Clamp(sizeHint, 256, Math.Max(256, Math.Min(_remaining, int.MaxValue / 4))));
        if (_free.Length > _remaining)
        {
            _free = _free[..(int)_remaining];
        }

        _opened = _free.Length;
    }
}
