using System.Runtime.CompilerServices;
using System.Text;

namespace ClosedLoop.Mail.Smtp;

/// <summary>Reads replies of RFC 5321 section 4.2.1; several may lie in one buffer when commands were pipelined.</summary>
internal sealed class SmtpReplyReader(int maxLength)
{
    private byte[] _buffer = new byte[Math.Min(2048, maxLength)];
    private int _start;
    private int _end;
    private byte[] _lastText = [];
    private string _lastString = "";

    /// <summary>Whether octets lie here that no reply has been made of.</summary>
    public bool HasUnread => _end > _start;

    /// <summary>Takes the next complete reply out of the buffer; false when more octets are needed.</summary>
    /// <exception cref="SmtpProtocolException">What came is no reply, or longer than allowed.</exception>
    public bool TryRead(out SmtpReply reply)
    {
        var code = 0;
        var lines = 0;
        var position = _start;
        while (true)
        {
            var length = _buffer.AsSpan(position, _end - position).IndexOf((byte)'\n');
            if (length < 0)
            {
                reply = default;
                return false;
            }

            var line = _buffer.AsSpan(position, length);
            var lineCode = CodeOf(line);
            if (lineCode == 0 || (lines > 0 && lineCode != code))
                throw new SmtpProtocolException($"the server sent a line of {length} octets that is no reply; expected three digits as in RFC 5321 section 4.2");
            code = lineCode;
            lines++;
            position += length + 1;
            if (line.Length > 3 && line[3] == '-')
                continue;
            reply = new SmtpReply(code, _start, position - _start, lines);
            _start = position;
            return true;
        }
    }

    /// <summary>Waits for more octets.</summary>
    /// <exception cref="EndOfStreamException">The server closed the connection.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask FillAsync(Stream stream, CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= maxLength)
                throw new SmtpProtocolException($"the server's reply is longer than {maxLength} octets (MaxReplyLength)");
            Array.Resize(ref _buffer, Math.Min(maxLength, _buffer.Length * 2));
        }

        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        if (read == 0)
            throw new EndOfStreamException("the server closed the connection");
        _end += read;
    }

    /// <summary>The text without codes. Servers repeat themselves: the same text as last time is the same string.</summary>
    public string TextOf(in SmtpReply reply)
    {
        var raw = _buffer.AsSpan(reply.Start, reply.Length);
        if (reply.Lines > 1)
            return string.Join('\n', Encoding.UTF8.GetString(raw).TrimEnd('\r', '\n').Split('\n').Select(line => line.Length > 4 ? line[4..].TrimEnd('\r') : ""));
        var text = FirstText(raw);
        if (text.SequenceEqual(_lastText))
            return _lastString;
        _lastText = text.ToArray();
        return _lastString = Encoding.UTF8.GetString(text);
    }

    /// <summary>All of it as it came.</summary>
    public ReadOnlySpan<byte> RawOf(in SmtpReply reply) => _buffer.AsSpan(reply.Start, reply.Length);

    public EnhancedStatusCode EnhancedCodeOf(in SmtpReply reply)
    {
        var raw = _buffer.AsSpan(reply.Start, reply.Length);
        return EnhancedStatusCode.TryParse(FirstText(raw[..(raw.IndexOf((byte)'\n') + 1)]), out var code) ? code : default;
    }

    private static ReadOnlySpan<byte> FirstText(ReadOnlySpan<byte> line)
    {
        line = line.TrimEnd("\r\n"u8);
        return line.Length > 4 ? line[4..] : default;
    }

    private static int CodeOf(ReadOnlySpan<byte> line)
    {
        line = line.TrimEnd((byte)'\r');
        if (line.Length < 3 || line[0] is < (byte)'2' or > (byte)'5' || !char.IsAsciiDigit((char)line[1]) || !char.IsAsciiDigit((char)line[2]) || (line.Length > 3 && line[3] is not ((byte)' ' or (byte)'-')))
            return 0;
        return ((line[0] - '0') * 100) + ((line[1] - '0') * 10) + line[2] - '0';
    }
}
