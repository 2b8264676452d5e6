using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using ClosedLoop.Mail.Mime;

namespace ClosedLoop.Mail.Smtp;

/// <summary>MAIL, RCPT and DATA, all at once or one by one.</summary>
public sealed partial class SmtpConnection
{
    /// <summary>Whether RSET stands before the MAIL that was written last, so its reply comes first.</summary>
    private bool _resetWritten;

    /// <summary>Whether the transaction that was opened last goes on with BDAT.</summary>
    private bool _chunked;

    private void AppendOpening(in SmtpEnvelope envelope)
    {
        // A transaction that failed half way is still open at the server; a second MAIL in it would be 503 (RFC 5321 section 4.1.4).
        var start = _used;
        _resetWritten = _needsReset;
        if (_needsReset)
            Append("RSET\r\n"u8);
        _needsReset = false;
        AppendMail(envelope);
        AppendRcpt(envelope);
        _chunked = MayChunk(envelope.Message.Span);
        if (!_chunked)
            Append("DATA\r\n"u8);
        TellFrom(start);
    }

    private void AppendMail(in SmtpEnvelope envelope)
    {
        Append("MAIL FROM:<"u8);
        if (envelope.From.Length > 0)
            Append(AddressSyntax.Normalize(envelope.From, _options.AddressRules));
        Append(">"u8);
        if (Capabilities.Size)
        {
            // RFC 1870 section 6.1 counts CRLF as two and no dot-stuffing: the length of the message as composed.
            Append(" SIZE="u8);
            envelope.Message.Length.TryFormat(_block.AsSpan(_used), out var digits, default, CultureInfo.InvariantCulture);
            _used += digits;
        }

        if (Capabilities.EightBitMime && !Ascii.IsValid(envelope.Message.Span))
            Append(" BODY=8BITMIME"u8);
        if (NeedsSmtpUtf8(envelope))
            Append(" SMTPUTF8"u8);
        if (Capabilities.Dsn && envelope.Dsn is { } dsn)
        {
            if (dsn.Return is { } part)
                Append(part == SmtpDsnReturn.Full ? " RET=FULL"u8 : " RET=HDRS"u8);
            if (dsn.EnvelopeId is { } id)
            {
                Append(" ENVID="u8);
                Append(Xtext.Encode(id));
            }
        }

        Append("\r\n"u8);
    }

    private void AppendRcpt(in SmtpEnvelope envelope)
    {
        Append("RCPT TO:<"u8);
        Append(AddressSyntax.Normalize(envelope.Recipient, _options.AddressRules));
        Append(">"u8);
        if (Capabilities.Dsn && envelope.Dsn is { } dsn)
            AppendNotify(dsn);
        Append("\r\n"u8);
    }

    private void AppendNotify(SmtpDsn dsn)
    {
        // RFC 3461 section 4.1: NEVER stands alone.
        if (dsn.Notify.HasFlag(SmtpDsnNotify.Never))
        {
            Append(" NOTIFY=NEVER"u8);
        }
        else if (dsn.Notify != SmtpDsnNotify.Unset)
        {
            var separator = " NOTIFY=";
            foreach (var (flag, word) in ((SmtpDsnNotify, string)[])[(SmtpDsnNotify.Success, "SUCCESS"), (SmtpDsnNotify.Failure, "FAILURE"), (SmtpDsnNotify.Delay, "DELAY")])
            {
                if (!dsn.Notify.HasFlag(flag))
                    continue;
                Append(separator);
                Append(word);
                separator = ",";
            }
        }

        if (dsn.OriginalRecipient is { } original)
        {
            Append(" ORCPT=rfc822;"u8);
            Append(Xtext.Encode(AddressSyntax.Normalize(original, AddressRules.QuotedLocalPart)));
        }
    }

    /// <summary>Null when the server waits for the text, or for BDAT; otherwise why this message does not go.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<SmtpResult?> OpenPipelinedAsync(SmtpEnvelope envelope, bool written)
    {
        var stage = SmtpStage.Mail;
        try
        {
            Arm(_options.Timeouts.Mail);
            if (!written)
            {
                AppendOpening(envelope);
                await FlushAsync();
            }

            if (_resetWritten)
            {
                stage = SmtpStage.Reset;
                var reset = await ReadReplyAsync();
                if (!reset.IsPositive)
                    return Desynchronised(reset, stage);
            }

            stage = SmtpStage.Mail;
            var mail = await ReadReplyAsync();
            SmtpResult? failure = mail.IsPositive ? null : ResultOf(mail, stage);
            if (_closed)
                return failure;

            stage = SmtpStage.Rcpt;
            Arm(_options.Timeouts.Rcpt);
            var rcpt = await ReadReplyAsync();
            var rcptTaken = rcpt.IsPositive;
            if (failure is null && !rcptTaken)
                failure = ResultOf(rcpt, stage);
            if (_closed)
                return failure ?? ResultOf(rcpt, stage);

            if (_chunked)
            {
                // The text follows only now that the recipient is taken: there is nothing to take back.
                _needsReset = failure is not null;
                return failure;
            }

            stage = SmtpStage.Data;
            Arm(_options.Timeouts.Data);
            var data = await ReadReplyAsync();
            if (failure is { } failed)
                return await LeaveAsync(failed, data, rcptTaken);
            if (data.Code == 354)
                return null;
            _needsReset = true;
            return data.IsPositive ? Desynchronised(data, stage) : ResultOf(data, stage);
        }
        catch (Exception e) when (IsLoss(e))
        {
            return Lost(e, stage);
        }
    }

    /// <summary>
    /// MAIL or RCPT failed while DATA was already on its way. RFC 2920 section 3.1: a server that says 354 all the same gets a lone dot and
    /// answers with an error. Had it taken the recipient, the dot would deliver an empty message: then the connection goes instead.
    /// </summary>
    private async ValueTask<SmtpResult> LeaveAsync(SmtpResult failure, SmtpReply data, bool rcptTaken)
    {
        _needsReset = true;
        if (data.Code != 354)
            return failure;
        if (rcptTaken)
        {
            Abort();
            return failure;
        }

        Append(".\r\n"u8);
        TellFrom(0);
        await FlushAsync();
        Arm(_options.Timeouts.FinalDot);
        await ReadReplyAsync();
        return failure;
    }

    private async ValueTask<SmtpResult?> OpenStepByStepAsync(SmtpEnvelope envelope)
    {
        var stage = SmtpStage.Mail;
        try
        {
            if (_needsReset)
            {
                stage = SmtpStage.Reset;
                _needsReset = false;
                var reset = await CommandAsync("RSET\r\n");
                if (!reset.IsPositive)
                    return Desynchronised(reset, stage);
            }

            stage = SmtpStage.Mail;
            Arm(_options.Timeouts.Mail);
            AppendMail(envelope);
            TellFrom(0);
            await FlushAsync();
            var reply = await ReadReplyAsync();
            if (!reply.IsPositive)
                return Failed(reply, stage);

            stage = SmtpStage.Rcpt;
            Arm(_options.Timeouts.Rcpt);
            AppendRcpt(envelope);
            TellFrom(0);
            await FlushAsync();
            reply = await ReadReplyAsync();
            if (!reply.IsPositive)
                return Failed(reply, stage);

            _chunked = MayChunk(envelope.Message.Span);
            if (_chunked)
                return null;
            stage = SmtpStage.Data;
            Append("DATA\r\n"u8);
            TellFrom(0);
            await FlushAsync();
            Arm(_options.Timeouts.Data);
            reply = await ReadReplyAsync();
            return reply.Code == 354 ? null : Failed(reply, stage);
        }
        catch (Exception e) when (IsLoss(e))
        {
            return Lost(e, stage);
        }
    }

    private SmtpResult Failed(in SmtpReply reply, SmtpStage stage)
    {
        _needsReset = true;
        return reply.IsPositive ? Desynchronised(reply, stage) : ResultOf(reply, stage);
    }

    /// <summary>A reply where none of that kind can stand: replies and commands no longer match.</summary>
    private SmtpResult Desynchronised(in SmtpReply reply, SmtpStage stage)
    {
        var result = new SmtpResult(SmtpAction.DropConnection, reply.Code, _reader.EnhancedCodeOf(reply), _reader.TextOf(reply), stage);
        Abort();
        return result;
    }
}
