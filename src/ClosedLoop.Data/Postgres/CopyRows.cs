using System.Buffers.Binary;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace ClosedLoop.Data.Postgres;

/// <summary>
/// Rows of a query in the binary format of COPY: numbers and UTF-8 as the server sends them, through one buffer. A reader has a connection of its own, because PostgreSQL
/// gives one result at a time on each.
/// </summary>
internal sealed partial class CopyRows : IDisposable
{
    /// <summary>Signature, flags and length of the extension, which is 0 (PostgreSQL, COPY, "Binary Format").</summary>
    private const int HeaderLength = 19;

    private readonly NpgsqlConnection _connection;
    private readonly string _sql;
    private Stream? _stream;
    private byte[] _buffer = new byte[64 * 1024];
    private int[] _starts = [];
    private int[] _lengths = [];
    private int _position;
    private int _end;

    public CopyRows(NpgsqlConnection connection, string sql, ReadOnlySpan<long> arguments)
    {
        _sql = sql;
        _connection = PostgresEngine.OpenLike(connection);
        try
        {
            // A reader made for later has no values yet, and no rows.
            if (!arguments.IsEmpty || !sql.Contains('$', StringComparison.Ordinal)) Restart(arguments);
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    public void Restart(ReadOnlySpan<long> arguments)
    {
        _stream?.Dispose();
        var values = arguments.ToArray();

        // COPY takes no parameters; all values are numbers.
        var sql = Parameter().Replace(_sql, match => values[int.Parse(match.ValueSpan[1..], CultureInfo.InvariantCulture) - 1].ToString(CultureInfo.InvariantCulture));
        _stream = _connection.BeginRawBinaryCopy($"COPY ({sql}) TO STDOUT (FORMAT BINARY)");
        (_position, _end) = (0, 0);
        Require(HeaderLength);
        _position += HeaderLength;
    }

    public bool Read()
    {
        if (_stream is null) return false;
        Require(sizeof(short));
        var columns = BinaryPrimitives.ReadInt16BigEndian(_buffer.AsSpan(_position));
        if (columns < 0) return false;
        if (_starts.Length != columns) (_starts, _lengths) = (new int[columns], new int[columns]);
        var start = sizeof(short);
        for (var i = 0; i < columns; i++)
        {
            Require(start + sizeof(int));
            _lengths[i] = BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(_position + start));
            start += sizeof(int);
            _starts[i] = start;
            start += Math.Max(_lengths[i], 0);
        }

        Require(start);
        for (var i = 0; i < columns; i++) _starts[i] += _position;
        _position += start;
        return true;
    }

    public bool IsNull(int column) => _lengths[column] < 0;

    public ReadOnlySpan<byte> Bytes(int column) => _buffer.AsSpan(_starts[column], Math.Max(_lengths[column], 0));

    public long Int64(int column)
    {
        var value = Bytes(column);
        return value.Length switch
        {
            sizeof(long) => BinaryPrimitives.ReadInt64BigEndian(value),
            sizeof(int) => BinaryPrimitives.ReadInt32BigEndian(value),
            sizeof(short) => BinaryPrimitives.ReadInt16BigEndian(value),
            sizeof(bool) => value[0],
            0 => 0,
            _ => throw new InvalidDataException($"Column {column} has {value.Length} bytes and is no number: {_sql}"),
        };
    }

    public void Dispose()
    {
        _stream?.Dispose();
        _connection.Dispose();
    }

    /// <summary>Makes sure that so many bytes from the position on are in the buffer; the position may move to its start.</summary>
    private void Require(int count)
    {
        if (_end - _position >= count) return;
        _buffer.AsSpan(_position, _end - _position).CopyTo(_buffer);
        (_position, _end) = (0, _end - _position);
        if (_buffer.Length < count) Array.Resize(ref _buffer, Math.Max(count, _buffer.Length * 2));
        while (_end < count)
        {
            var read = _stream!.Read(_buffer, _end, _buffer.Length - _end);
            if (read == 0) throw new EndOfStreamException("The server ended the rows of a query in the middle.");
            _end += read;
        }
    }

    [GeneratedRegex(@"\$\d+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();
}
