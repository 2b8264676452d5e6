using System.Text;

namespace ClosedLoop.Mail.Inbound;

/// <summary>Lines of a POP3 session: limited in length and in the time waited for them.</summary>
internal sealed class Pop3Lines(Stream stream, TimeSpan timeout)
{
    /// <summary>RFC 1939 section 3 allows 512 octets; servers are given more.</summary>
    private const int MaxLine = 4096;

    /// <summary>Lines of LIST or UIDL.</summary>
    private const int MaxLines = 1_000_000;

    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;

    public bool HasBuffered => _end > _start;

    public static async Task LimitAsync(Func<CancellationToken, Task> act, TimeSpan timeout, string step, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout);
        try
        {
            await act(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new Pop3Exception(step, $"no answer within {timeout.TotalSeconds:0} s");
        }
    }

    public Task WriteAsync(string step, string line, CancellationToken cancellation) =>
        LimitAsync(token => stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"), token).AsTask(), timeout, step, cancellation);

    public async Task ExpectOkAsync(string step, CancellationToken cancellation)
    {
        var line = Encoding.UTF8.GetString(await LineAsync(step, MaxLine, cancellation).ConfigureAwait(false));
        if (!line.StartsWith("+OK", StringComparison.OrdinalIgnoreCase))
            throw new Pop3Exception(step, $"the server answered '{line.TrimEnd()}'; expected +OK");
    }

    public async Task<List<string>> ListAsync(string step, CancellationToken cancellation)
    {
        var lines = new List<string>();
        while (true)
        {
            var line = Encoding.UTF8.GetString(await LineAsync(step, MaxLine, cancellation).ConfigureAwait(false)).TrimEnd('\r', '\n');
            if (line == ".")
                return lines;
            if (lines.Count >= MaxLines)
                throw new Pop3Exception(step, $"more than {MaxLines} lines");
            lines.Add(line);
        }
    }

    /// <summary>A multi-line answer up to the lone dot, with the stuffed dots taken out (RFC 1939 section 3).</summary>
    public async Task<ReadOnlyMemory<byte>> BodyAsync(string step, int maxBytes, CancellationToken cancellation)
    {
        var body = new MemoryStream();
        while (true)
        {
            var line = await LineAsync(step, maxBytes + 4, cancellation).ConfigureAwait(false);
            var text = line.AsSpan();
            if (text is [(byte)'.', (byte)'\r', (byte)'\n'] or [(byte)'.', (byte)'\n'])
                return body.GetBuffer().AsMemory(0, (int)body.Length);
            body.Write(text[0] == '.' ? text[1..] : text);
            if (body.Length > maxBytes)
                throw new Pop3Exception(step, $"the mail has more than {maxBytes} octets") { IsTooLarge = true };
        }
    }

    /// <summary>One line with its end.</summary>
    private async Task<byte[]> LineAsync(string step, int max, CancellationToken cancellation)
    {
        MemoryStream? longer = null;
        while (true)
        {
            var found = Array.IndexOf(_buffer, (byte)'\n', _start, _end - _start);
            var take = (found < 0 ? _end : found + 1) - _start;
            if ((longer?.Length ?? 0) + take > max)
                throw new Pop3Exception(step, $"a line has more than {max} octets") { IsTooLarge = max > MaxLine };
            if (found >= 0 && longer is null)
            {
                var line = _buffer.AsSpan(_start, take).ToArray();
                _start += take;
                return line;
            }

            (longer ??= new MemoryStream()).Write(_buffer, _start, take);
            _start += take;
            if (found >= 0)
                return longer.ToArray();
            _start = _end = 0;
            await LimitAsync(async token => _end = await stream.ReadAsync(_buffer, token).ConfigureAwait(false), timeout, step, cancellation).ConfigureAwait(false);
            if (_end == 0)
                throw new Pop3Exception(step, "the server closed the connection");
        }
    }
}
