using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ClosedLoop.Data.Copying;

/// <summary>Counts and sums the rows of a table, value by value, so that two databases can be compared that give them in different orders.</summary>
internal sealed class TableChecksum
{
    private readonly ArrayBufferWriter<byte> _row = new(1024);
    private UInt128 _sum;

    public long Rows { get; private set; }

    public void Add(object? value)
    {
        switch (value)
        {
            case null:
                Put(0, []);
                break;
            case long number:
                Number(1, number);
                break;
            case string text:
                Put(2, Encoding.UTF8.GetBytes(text));
                break;
            case byte[] bytes:
                Put(3, bytes);
                break;
            case DateTime time:
                Number(4, time.Ticks);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(value), value, "A table holds numbers, texts, octets and times.");
        }
    }

    public void EndRow()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_row.WrittenSpan, hash);
        unchecked
        {
            _sum += BinaryPrimitives.ReadUInt128BigEndian(hash);
        }

        _row.ResetWrittenCount();
        Rows++;
    }

    public CopiedTable Result(string table) => new(table, Rows, _sum.ToString("x32", CultureInfo.InvariantCulture));

    private void Number(byte kind, long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        Put(kind, bytes);
    }

    private void Put(byte kind, ReadOnlySpan<byte> value)
    {
        var span = _row.GetSpan(5);
        span[0] = kind;
        BinaryPrimitives.WriteInt32BigEndian(span[1..], value.Length);
        _row.Advance(5);
        _row.Write(value);
    }
}
