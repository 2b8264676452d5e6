using ClosedLoop.Mail.Mime;

namespace ClosedLoop.Mail.Sink;

internal sealed partial class SinkSession
{
    private PendingMessage? _pending;

    private async ValueTask DataAsync()
    {
        if (_chunks > 0)
        {
            // RFC 3030 section 2: DATA and BDAT cannot be used in the same transaction.
            Reply("503 5.5.1 DATA after BDAT");
            return;
        }

        if (_from is null || _to.Count == 0)
        {
            Reply(_from is null ? "503 5.5.1 MAIL first" : "554 5.5.1 no valid recipients");
            return;
        }

        Reply("354 end with CRLF.CRLF");
        var text = await ReadTextAsync();
        if (text is null)
        {
            if (!_closing)
                Reply("552 5.3.4 message too big");
            EndTransaction();
            return;
        }

        await TakeAsync(text.Value, chunks: 0);
    }

    /// <summary>Puts a message into the ledger and answers, unless the script has something else in mind.</summary>
    private async ValueTask TakeAsync(ReadOnlyMemory<byte> raw, int chunks)
    {
        if (_rule?.Deed == SinkDeed.RefuseText)
        {
            Reply(_rule.Reply);
            EndTransaction();
            return;
        }

        var dropAfter = _rule?.Deed == SinkDeed.DropAfterDot;
        var (messageId, subject) = MimeHeaders.PeekIdentity(raw.Span);
        var draft = new SinkRecord
        {
            N = 0,
            At = _options.TimeProvider.GetUtcNow().UtcDateTime,
            From = _from!,
            To = [.. _to],
            MessageId = messageId,
            Subject = subject,
            Bytes = raw.Length,
            Session = _number,
            User = _user,
            Dsn = _dsn,
        };
        _pending ??= new PendingMessage { Draft = draft };
        _pending.Draft = draft;
        _pending.Raw = raw;
        SinkRecord record;
        try
        {
            record = await _ledger.AppendAsync(_pending);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not on disk, so not taken: the client keeps it.
            Reply("451 4.3.0 the ledger cannot be written");
            EndTransaction();
            return;
        }

        if (_options.Received is { } received)
            await received(new SinkMessage(record, raw.ToArray(), chunks));
        var rule = _rule;
        EndTransaction();
        _taken++;
        if (dropAfter)
        {
            _outUsed = 0;
            _closing = true;
            Abort();
            return;
        }

        if (rule?.Deed == SinkDeed.DelayText || _pressure?.ReplyDelay > TimeSpan.Zero)
        {
            await FlushAsync();
            await Task.Delay(rule?.Deed == SinkDeed.DelayText ? rule.Delay : _pressure!.ReplyDelay, _options.TimeProvider);
        }

        Reply($"250 2.0.0 Ok: message {record.N}");
        if (rule?.Deed == SinkDeed.Drip)
            await DripAsync(rule.Delay);
    }

    /// <summary>Writes what is gathered octet by octet.</summary>
    private async ValueTask DripAsync(TimeSpan delay)
    {
        var reply = _out.AsMemory(0, _outUsed);
        _outUsed = 0;
        for (var i = 0; i < reply.Length; i++)
        {
            await Task.Delay(delay, _options.TimeProvider);
            _idle.CancelAfter(_options.IdleTimeout);
            await _stream.WriteAsync(reply.Slice(i, 1), _idle.Token);
        }
    }

    /// <summary>
    /// The text up to CRLF.CRLF, dot-stuffing removed, as a slice of the input buffer that stays whole until the next read. Only that sequence
    /// ends the text: LF.LF, LF.CRLF, CR.CR and their kin are content (RFC 5321 section 4.1.1.4), else one message could be read as two.
    /// Null when it was too big or the session is to end.
    /// </summary>
    private async ValueTask<ReadOnlyMemory<byte>?> ReadTextAsync()
    {
        var scanned = 0;
        var tooBig = false;

        // The CRLF of the DATA line counts as the line end before the first line.
        while (true)
        {
            var span = _in.AsSpan(_start, _end - _start);
            if (span.StartsWith(".\r\n"u8) && scanned == 0 && !tooBig)
            {
                _start += 3;
                return ReadOnlyMemory<byte>.Empty;
            }

            var from = Math.Max(0, scanned - 4);
            var end = span[from..].IndexOf("\r\n.\r\n"u8);
            if (end >= 0)
            {
                var length = from + end + 2;
                var text = _in.AsMemory(_start, length);
                _start += length + 3;
                if (tooBig)
                    return null;
                text = text[..Unstuff(text.Span)];

                // Not as one conditional expression: there null would become an empty memory, and the message an empty one.
                if (text.Length > _options.MaxMessageSize)
                    return null;
                return text;
            }

            scanned = span.Length >= 3 || !".\r\n"u8.StartsWith(span) ? span.Length : 0;

            // Twice the limit is the worst that stuffing can make of it; beyond, only the tail that may begin the end is kept.
            if (span.Length > 2L * _options.MaxMessageSize + 5 || (tooBig && span.Length > 4))
            {
                tooBig = true;
                _start = _end - 4;
                scanned = 4;
            }

            if (!await FillAsync())
            {
                _closing = true;
                return null;
            }

            if (_rule?.Deed == SinkDeed.DropBeforeDot)
            {
                _closing = true;
                Abort();
                return null;
            }
        }
    }

    /// <summary>RFC 5321 section 4.5.2: a dot that begins a line is deleted. In place; returns the new length.</summary>
    private static int Unstuff(Span<byte> text)
    {
        var read = text[0] == '.' ? 1 : 0;
        var written = 0;
        while (true)
        {
            var found = text[read..].IndexOf("\r\n."u8);
            var length = found < 0 ? text.Length - read : found + 2;
            if (read != written)
                text.Slice(read, length).CopyTo(text[written..]);
            written += length;
            if (found < 0)
                return written;
            read += length + 1;
        }
    }
}
