namespace ClosedLoop.Mail.Smtp;

/// <summary>
/// Copies a message into send blocks of any size with the transparency of RFC 5321 section 4.5.2. Bare CR and LF become CRLF on the way
/// (section 2.3.8), so that no peer can see an end of data where there is none, whatever the message holds.
/// </summary>
internal struct DotStuffer
{
    private int _position;
    private State _state;

    /// <summary>What the octets written so far end with.</summary>
    private enum State
    {
        LineStart,
        InLine,

        /// <summary>CR is written and LF is owed.</summary>
        OwesLineFeed,
    }

    /// <summary>Fills the target as far as it goes; true when the message has been written whole, ending with a line end.</summary>
    public bool Fill(ReadOnlySpan<byte> message, Span<byte> target, out int written)
    {
        written = 0;
        while (written < target.Length)
        {
            if (_state == State.OwesLineFeed)
            {
                target[written++] = (byte)'\n';
                _state = State.LineStart;
                continue;
            }

            if (_position == message.Length)
            {
                if (_state == State.LineStart)
                    return true;
                target[written++] = (byte)'\r';
                _state = State.OwesLineFeed;
                continue;
            }

            if (_state == State.LineStart && message[_position] == '.')
            {
                target[written++] = (byte)'.';
                _state = State.InLine;
                continue;
            }

            written += CopyBlock(message, target[written..]);
        }

        return _state == State.LineStart && _position == message.Length;
    }

    /// <summary>Copies up to the next octet that needs something put in, in one block however many lines it has.</summary>
    private int CopyBlock(ReadOnlySpan<byte> message, Span<byte> target)
    {
        var rest = message[_position..];
        var scan = 0;
        var limit = Math.Min(rest.Length, target.Length);
        var state = State.InLine;
        var skip = 0;
        while (true)
        {
            var found = rest[scan..limit].IndexOfAny((byte)'\r', (byte)'\n');
            if (found < 0)
            {
                scan = limit;
                break;
            }

            scan += found;
            if (rest[scan] == '\r' && scan + 1 < rest.Length && rest[scan + 1] == '\n')
            {
                if (scan + 2 > limit)
                {
                    // The pair is cut by the end of the block: CR goes out now, LF is owed and not copied again.
                    scan++;
                    skip = 1;
                    state = State.OwesLineFeed;
                    break;
                }

                scan += 2;
                if (scan == limit || rest[scan] == '.')
                {
                    state = State.LineStart;
                    break;
                }

                continue;
            }

            rest[..scan].CopyTo(target);
            target[scan] = (byte)'\r';
            _position += scan + 1;
            _state = State.OwesLineFeed;
            return scan + 1;
        }

        rest[..scan].CopyTo(target);
        _position += scan + skip;
        _state = state;
        return scan;
    }
}
