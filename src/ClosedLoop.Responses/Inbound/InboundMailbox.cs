using System.Globalization;
using System.Security.Cryptography;
using ClosedLoop.Data.Files;
using ClosedLoop.Data.Inbound;
using ClosedLoop.Mail.Bounces;
using ClosedLoop.Mail.Mime;
using ClosedLoop.Model;
using ClosedLoop.Model.Tokens;
using ClosedLoop.Responses.Telemetry;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Responses.Inbound;

/// <summary>
/// Takes mails that came back, from whichever entry: keep the raw mail, sort it, find the message it belongs to, and register it with all that follows in one
/// transaction. An entry may forget its copy when the call returns.
/// </summary>
public sealed partial class InboundMailbox
{
    private readonly InboundStore _store;
    private readonly ReturnCorrelation _correlation;
    private readonly InboundOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    public InboundMailbox(InboundStore store, AddressTokenCodec addresses, TrackingTokenCodec links, InboundOptions options, TimeProvider time, ILogger<InboundMailbox> logger)
    {
        (_store, _options, _time, _logger) = (store, options, time, logger);
        _correlation = new ReturnCorrelation(store, addresses, links);
    }

    /// <summary>Takes one mail; on the disk and in the database when awaited.</summary>
    /// <param name="source">The entry, as in <c>maildir</c> or <c>pop3:user@host</c>.</param>
    /// <param name="sourceKey">What the entry calls the mail; null when it has no names.</param>
    /// <param name="raw">The mail as it came.</param>
    /// <param name="envelopeRecipients">Where it was delivered, when the entry knows: believed before any header.</param>
    /// <exception cref="Mail.MailFormatException">The mail is larger than the limit; nothing was kept.</exception>
    public async Task<InboundReceipt> AcceptAsync(string source, string? sourceKey, ReadOnlyMemory<byte> raw, IReadOnlyList<string>? envelopeRecipients = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        var mail = ReturnedMailReader.Read(raw, new MimeLimits { MaxMessageBytes = _options.MaxMessageBytes });
        var hash = Convert.ToHexStringLower(SHA256.HashData(raw.Span));
        var now = _time.NowMicroseconds();
        var path = string.Create(CultureInfo.InvariantCulture, $"{Instants.FromMicroseconds(now):yyyyMMdd}/{hash}.eml");

        // The raw mail before its row: a row without a source could never be looked at, a file without a row is written again.
        var file = Path.Combine(_options.Directory, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        AtomicFile.Write(file, stream => stream.Write(raw.Span));

        var (target, unsubscribes, how) = _correlation.Find(mail, envelopeRecipients ?? []);
        var verdict = target is null ? new ReturnVerdict(Unrelated(mail), Category: null, how) : ReturnVerdict.Of(mail, target, unsubscribes);
        var id = await _store.RecordAsync(new NewInboundMail
        {
            Sha256 = hash,
            Source = source,
            SourceKey = sourceKey ?? hash,
            Size = raw.Length,
            Kind = (int)mail.Kind,
            Outcome = verdict.Outcome,
            Target = target,
            Category = verdict.Category,
            Sender = Cut(mail.From),
            Recipient = Cut((envelopeRecipients is { Count: > 0 } ? envelopeRecipients : mail.DeliveredTo) is [var first, ..] ? first : null),
            Subject = Cut(mail.Subject),
            Detail = verdict.Detail ?? how,
            Path = path,
            ReceivedAt = now,
        }).ConfigureAwait(false);
        if (id == 0) LogRepeated(source, hash);
        else LogTaken(id, source, mail.Kind, verdict.Outcome, target?.MailingId, target?.Sequence, how);
        if (id != 0) ResponseMetrics.Returned(verdict.Category?.ToString() ?? verdict.Outcome.ToString());
        return new InboundReceipt(id, mail.Kind, verdict.Outcome);
    }

    /// <summary>Reports of delays are of no use whoever they concern; everything else that matches nothing waits for a person.</summary>
    private static InboundOutcome Unrelated(ReturnedMail mail) => mail.Kind is ReturnedMailKind.Delayed ? InboundOutcome.Ignored : InboundOutcome.Unmatched;

    private static string? Cut(string? text) => text is { Length: > 500 } ? text[..500] : text;
}
