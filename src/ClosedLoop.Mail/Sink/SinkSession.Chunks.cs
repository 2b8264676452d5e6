using System.Buffers;
using System.Globalization;

namespace ClosedLoop.Mail.Sink;

/// <summary>BDAT (RFC 3030).</summary>
internal sealed partial class SinkSession
{
    private readonly ArrayBufferWriter<byte> _text = new();
    private int _chunks;

    private async ValueTask BdatAsync(string argument)
    {
        var words = argument.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var last = words.Length == 2 && words[1].Equals("LAST", StringComparison.OrdinalIgnoreCase);
        if (words.Length is 0 or > 2 || (words.Length == 2 && !last) || !long.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var size))
        {
            // How many octets follow is not known: whatever comes now would be taken for commands.
            Reply("501 5.5.4 syntax: BDAT size [LAST]");
            _closing = true;
            return;
        }

        // The octets belong to the command even when it is refused (section 2).
        var refusal = _from is null || _to.Count == 0 ? _from is null ? "503 5.5.1 MAIL first" : "554 5.5.1 no valid recipients"
            : _text.WrittenCount + size > _options.MaxMessageSize ? "552 5.3.4 message too big"
            : null;
        if (!await ReadChunkAsync(size, keep: refusal is null))
        {
            _closing = true;
            return;
        }

        if (refusal is not null)
        {
            EndTransaction();
            Reply(refusal);
            return;
        }

        _chunks++;
        if (last)
            await TakeAsync(_text.WrittenMemory, _chunks);
        else
            Reply($"250 2.0.0 {size} octets");
    }

    /// <summary>False when the stream ended first, or is to.</summary>
    private async ValueTask<bool> ReadChunkAsync(long size, bool keep)
    {
        while (size > 0)
        {
            if (_end == _start && !await FillAsync())
                return false;
            if (_rule?.Deed == SinkDeed.DropBeforeDot)
            {
                Abort();
                return false;
            }

            var part = (int)Math.Min(size, _end - _start);
            if (keep)
                _text.Write(_in.AsSpan(_start, part));
            _start += part;
            size -= part;
        }

        return true;
    }
}
