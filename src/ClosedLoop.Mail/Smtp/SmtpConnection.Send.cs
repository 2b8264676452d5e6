using System.Runtime.CompilerServices;
using System.Text;
using ClosedLoop.Mail.Mime;

namespace ClosedLoop.Mail.Smtp;

public sealed partial class SmtpConnection
{
    private readonly SmtpEnvelope[] _single = new SmtpEnvelope[1];
    private SmtpResult _singleResult;
    private Action<int, SmtpResult>? _keepSingle;

    /// <summary>How far the message text under way has come; decides what a lost connection means.</summary>
    private enum Handover
    {
        /// <summary>The final dot, or the last octet of the chunk, has not been written: the server cannot have taken the message.</summary>
        Open,

        /// <summary>A write that holds the final dot and octets after it is under way: how much of it arrived cannot be told.</summary>
        DotInFlight,

        /// <summary>The final dot is with the kernel.</summary>
        Done,
    }

    /// <summary>Hands over one message.</summary>
    /// <param name="envelopeFrom">Return path; empty for the null return path.</param>
    /// <param name="recipient">The one recipient.</param>
    /// <param name="message">The message without dot-stuffing; bare CR and LF are sent as CRLF.</param>
    /// <param name="cancellationToken">Ends the connection; the result says whether the message may have gone.</param>
    public async ValueTask<SmtpResult> SendAsync(string envelopeFrom, string recipient, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        _keepSingle ??= (_, result) => _singleResult = result;
        _single[0] = new SmtpEnvelope(envelopeFrom, recipient, message);
        await SendBatchAsync(_single, _keepSingle, cancellationToken);
        _single[0] = default;
        return _singleResult;
    }

    /// <summary>
    /// Hands over messages in order. With PIPELINING the final dot of one travels with the commands of the next (RFC 2920 section 3.1), so a
    /// message costs one write and one read. A message that fails does not touch the others; when the connection ends, the rest is reported
    /// as <see cref="SmtpAction.DropConnection"/>.
    /// </summary>
    /// <param name="batch">Each item is read when its turn comes, so a list may compose it then.</param>
    /// <param name="report">Called once for each index, in order, as soon as its reply is there. Must not block.</param>
    /// <param name="cancellationToken">Ends the connection.</param>
    public async ValueTask SendBatchAsync(IReadOnlyList<SmtpEnvelope> batch, Action<int, SmtpResult> report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(report);
        using var registration = Bind(cancellationToken);
        var pipelining = Capabilities.Pipelining && _options.UsePipelining;
        var opened = false;
        SmtpEnvelope next = default;
        for (var i = 0; i < batch.Count; i++)
        {
            var envelope = opened ? next : batch[i];
            if (_closed)
            {
                report(i, new SmtpResult(SmtpAction.DropConnection, 0, default, "the connection ended before this message was tried", SmtpStage.None));
                continue;
            }

            if (!opened && Refuse(envelope) is { } refused)
            {
                report(i, refused);
                continue;
            }

            var failure = pipelining ? await OpenPipelinedAsync(envelope, opened) : await OpenStepByStepAsync(envelope);
            opened = false;
            if (failure is { } failed)
            {
                report(i, failed);
                continue;
            }

            if (pipelining && i + 1 < batch.Count)
            {
                next = batch[i + 1];
                opened = Refuse(next) is null;
            }

            var result = await SendTextAsync(envelope.Message, opened, next);
            MessagesSent++;
            report(i, result);
        }

        if (!_closed)
            Arm(Timeout.InfiniteTimeSpan);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<SmtpResult> SendTextAsync(ReadOnlyMemory<byte> message, bool openNext, SmtpEnvelope next)
    {
        var handover = Handover.Open;
        try
        {
            var chunked = _chunked;
            _transcript?.Note($"a message of {message.Length} octets{(chunked ? " by BDAT" : ", ended by a dot")}");
            if (chunked)
            {
                await WriteChunkAsync(message);
            }
            else
            {
                await WriteTextAsync(message);
                Append(".\r\n"u8);
            }

            if (openNext)
            {
                // RFC 3030 section 2: after BDAT was refused only RSET is safe, and whether it is refused is not known yet.
                _needsReset = chunked;
                AppendOpening(next);
                handover = Handover.DotInFlight;
            }

            Arm(_options.Timeouts.Block);
            await FlushAsync();
            handover = Handover.Done;
            _options.TextHandedOver?.Invoke();
            Arm(_options.Timeouts.FinalDot);
            var reply = await ReadReplyAsync();

            // Whoever offers CHUNKING and does not know BDAT reads the text as commands: not one more octet, and no verdict on the recipient.
            if (chunked && reply.Code is (500 or 501 or 502 or 504))
            {
                ChunkingRefused = true;
                return Desynchronised(reply, SmtpStage.Body);
            }

            if (reply.Code is 250 or (>= 400 and < 600))
            {
                _needsReset |= reply.Code != 250 && !openNext;
                return ResultOf(reply, SmtpStage.Body);
            }

            Abort();
            return ResultOf(reply, SmtpStage.Body) with { Action = SmtpAction.Unknown };
        }
        catch (Exception e) when (IsLoss(e))
        {
            // RFC 5321 section 4.2.5: until the final dot the server must not deliver; after it, without a reply, nobody knows.
            var action = handover == Handover.Open ? SmtpAction.DropConnection : SmtpAction.Unknown;
            return Lost(e, SmtpStage.Body, action);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask WriteTextAsync(ReadOnlyMemory<byte> message)
    {
        var stuffer = default(DotStuffer);
        while (true)
        {
            // Room is kept for the final dot and the next message's commands, so that they join the last block.
            var done = stuffer.Fill(message.Span, _block.AsSpan(_used, BlockSize - CommandRoom - _used), out var written);
            _used += written;
            if (done)
                return;
            Arm(_options.Timeouts.Block);
            await FlushAsync();
        }
    }

    /// <summary>The whole message as one last chunk (RFC 3030 section 2). What fits joins the block with the commands around it; the rest goes from where it lies.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask WriteChunkAsync(ReadOnlyMemory<byte> message)
    {
        Append("BDAT "u8);
        message.Length.TryFormat(_block.AsSpan(_used), out var digits, default, System.Globalization.CultureInfo.InvariantCulture);
        _used += digits;
        Append(" LAST\r\n"u8);
        while (message.Length > BlockSize - CommandRoom - _used)
        {
            // The last octet, which makes the message whole, stays for the caller's write, as the final dot does.
            var part = Math.Min(message.Length - 1, BlockSize - _used);
            Append(message.Span[..part]);
            message = message[part..];
            Arm(_options.Timeouts.Block);
            await FlushAsync();
        }

        Append(message.Span);
    }

    /// <summary>A chunk is taken as it is: only what has its line ends in order goes that way.</summary>
    private bool MayChunk(ReadOnlySpan<byte> message) =>
        Capabilities.Chunking && _options.UseChunking && message.EndsWith("\r\n"u8) && BodyShape.HasOnlyCrLf(message);

    /// <summary>RFC 6531 section 3.4: the parameter goes with an address or a header outside ASCII.</summary>
    private bool NeedsSmtpUtf8(in SmtpEnvelope envelope)
    {
        if (!_options.UseSmtpUtf8)
            return false;
        return !HasAsciiLocalPart(envelope.From) || !HasAsciiLocalPart(envelope.Recipient) || !Ascii.IsValid(HeaderOf(envelope.Message.Span));
    }

    private static bool HasAsciiLocalPart(ReadOnlySpan<char> address) => Ascii.IsValid(address[..Math.Max(address.LastIndexOf('@'), 0)]);

    private static ReadOnlySpan<byte> HeaderOf(ReadOnlySpan<byte> message)
    {
        var end = message.IndexOf("\r\n\r\n"u8);
        return end < 0 ? message : message[..end];
    }

    /// <summary>What can be known to fail without asking the server.</summary>
    private SmtpResult? Refuse(in SmtpEnvelope envelope)
    {
        if (!AddressSyntax.TryNormalize(envelope.Recipient, _options.AddressRules, out _, out var fault))
            return new SmtpResult(SmtpAction.GiveUp, 0, CodeOf(fault, 3), $"the recipient's address is refused ({fault})", SmtpStage.Rcpt);
        if (envelope.From.Length > 0 && !AddressSyntax.TryNormalize(envelope.From, _options.AddressRules, out _, out fault))
            return new SmtpResult(SmtpAction.GiveUp, 0, CodeOf(fault, 7), $"the sender's address is refused ({fault})", SmtpStage.Mail);
        if (NeedsSmtpUtf8(envelope) && !Capabilities.SmtpUtf8)
            return new SmtpResult(SmtpAction.GiveUp, 0, new EnhancedStatusCode(5, 6, 7), "the address or header is not ASCII and the server does not offer SMTPUTF8 (RFC 6531)", SmtpStage.Mail);
        if (envelope.Dsn is { } dsn && RefuseDsn(dsn) is { } wish)
            return new SmtpResult(SmtpAction.GiveUp, 0, new EnhancedStatusCode(5, 5, 4), wish, SmtpStage.Mail);
        if (Capabilities.MaxSize > 0 && envelope.Message.Length > Capabilities.MaxSize)
            return new SmtpResult(SmtpAction.GiveUp, 0, new EnhancedStatusCode(5, 3, 4), $"the message has {envelope.Message.Length} octets; the server takes {Capabilities.MaxSize} (RFC 1870)", SmtpStage.Mail);

        // RFC 6152 section 3: a message with 8-bit octets is not sent to a server that did not offer to take it.
        if (!Capabilities.EightBitMime && !Ascii.IsValid(envelope.Message.Span))
            return new SmtpResult(SmtpAction.GiveUp, 0, new EnhancedStatusCode(5, 6, 3), "the message has 8-bit octets and the server does not offer 8BITMIME", SmtpStage.Mail);
        return null;
    }

    /// <summary>RFC 6531 section 3.6 has a code of its own for addresses outside ASCII.</summary>
    private static EnhancedStatusCode CodeOf(AddressFault fault, int detail) => fault == AddressFault.Utf8LocalPart ? new(5, 6, 7) : new(5, 1, detail);

    private static string? RefuseDsn(SmtpDsn dsn)
    {
        // RFC 3461 sections 4.2 and 4.4: what is in the parameters is printable and of bounded length before its encoding.
        if (dsn.EnvelopeId is { } id && (id.Length is 0 or > 100 || id.AsSpan().ContainsAnyExceptInRange('!', '~')))
            return $"the envelope id of {id.Length} characters is refused; expected 1 to 100 printable ASCII characters";
        if (dsn.OriginalRecipient is { } original && !AddressSyntax.TryNormalize(original, AddressRules.QuotedLocalPart, out _, out var fault))
            return $"the original recipient's address is refused ({fault})";
        return null;
    }

    /// <summary>A code says what to do; the codes about the session and not about the message must not cost a recipient.</summary>
    private SmtpResult ResultOf(in SmtpReply reply, SmtpStage stage)
    {
        var action = reply.Code switch
        {
            421 => SmtpAction.DropConnection, // RFC 5321 section 3.8
            503 or 530 or 534 or 535 or 538 => SmtpAction.DropConnection, // out of step, or AUTH and TLS wanted (RFC 4954 section 6, RFC 3207 section 4)
            >= 200 and < 300 => SmtpAction.Accepted,
            >= 400 and < 500 => SmtpAction.Retry,
            >= 500 => SmtpAction.GiveUp,
            _ => SmtpAction.DropConnection,
        };
        var result = new SmtpResult(action, reply.Code, _reader.EnhancedCodeOf(reply), _reader.TextOf(reply), stage);
        if (action == SmtpAction.DropConnection)
            Abort();
        return result;
    }

    private SmtpResult Lost(Exception e, SmtpStage stage, SmtpAction action = SmtpAction.DropConnection)
    {
        var text = Describe(e, stage);
        _transcript?.Note(text);
        Abort();
        return new SmtpResult(action, 0, default, text, stage);
    }
}
