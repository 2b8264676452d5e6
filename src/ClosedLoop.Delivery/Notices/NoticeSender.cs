using System.Buffers;
using System.Globalization;
using System.Text;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Notices;
using ClosedLoop.Delivery.Rendering;
using ClosedLoop.Delivery.Sending;
using ClosedLoop.Mail;
using ClosedLoop.Mail.Mime;
using ClosedLoop.Mail.Smtp;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Delivery.Notices;

/// <summary>
/// Mails notices to people over the client's relay, one at a time, until they are taken: a lost reply is tried again with the same Message-ID,
/// because a second copy of a notice does less harm than none.
/// </summary>
internal sealed partial class NoticeSender(
    NoticeStore store, DefinitionStore definitions, RelayPools relays, RetrySchedule schedule, DkimSigners signers, TimeProvider time, ILogger<NoticeSender> logger) : BackgroundService
{
    /// <summary>A notice nobody took for so long tells nothing new.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(3);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly ILogger _logger = logger;

    /// <summary>Mails what is due now.</summary>
    /// <returns>How many were taken.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var sent = 0;
        foreach (var notice in store.Due(100))
        {
            if (cancellation.IsCancellationRequested) break;
            if (await SendAsync(notice).ConfigureAwait(false)) sent++;
        }

        return sent;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RecurringWork.RunAsync(RunAsync, Interval, time, LogFailed, stoppingToken);

    private async Task<bool> SendAsync(DueNotice notice)
    {
        if (definitions.FindClient(notice.ClientId)?.Value is not { } client)
        {
            await GiveUpAsync(notice, "its client is gone").ConfigureAwait(false);
            return false;
        }

        SmtpResult result;
        try
        {
            var message = Compose(notice, client);
            var relay = relays.Of(client);
            var connection = await relay.RentAsync(CancellationToken.None).ConfigureAwait(false);
            try
            {
                // The null return path of RFC 3834 section 3.3: a bounce of a notice goes nowhere and answers nothing.
                result = await connection.SendAsync("", notice.Address, message, CancellationToken.None).ConfigureAwait(false);
            }
            finally
            {
                await relay.ReturnAsync(connection).ConfigureAwait(false);
            }
        }
        catch (MailFormatException e)
        {
            await GiveUpAsync(notice, e.Message).ConfigureAwait(false);
            return false;
        }
        catch (SmtpConnectException e)
        {
            result = e.Result with { Action = SmtpAction.Retry };
        }

        return await SettleAsync(notice, result).ConfigureAwait(false);
    }

    private async Task<bool> SettleAsync(DueNotice notice, SmtpResult result)
    {
        if (result.Action == SmtpAction.Accepted)
        {
            await store.SentAsync(notice.NoticeId).ConfigureAwait(false);
            LogSent(notice.NoticeId);
            return true;
        }

        var reason = string.Create(CultureInfo.InvariantCulture, $"{result.Stage}: {result.Code} {result.Text}");
        var due = time.GetUtcNow() + schedule.After(notice.Attempt + 1, Random.Shared.NextDouble());
        if (result.Action == SmtpAction.GiveUp || due - Instants.FromMicroseconds(notice.CreatedAt) > Lifetime)
        {
            await GiveUpAsync(notice, reason).ConfigureAwait(false);
            return false;
        }

        await store.DeferAsync(notice.NoticeId, Instants.ToMicroseconds(due), reason).ConfigureAwait(false);
        LogDeferred(notice.NoticeId, reason);
        return false;
    }

    private async Task GiveUpAsync(DueNotice notice, string reason)
    {
        await store.GiveUpAsync(notice.NoticeId, reason).ConfigureAwait(false);
        LogGivenUp(notice.NoticeId, reason);
    }

    private ReadOnlyMemory<byte> Compose(DueNotice notice, ClientDefinition client)
    {
        var sender = client.Sender;
        var composer = new MessageComposer(new MessageComposerOptions { From = new Mailbox(sender.Address, sender.Name), AutoSubmitted = AutoSubmitted.Generated });
        var domain = sender.WireDomain;
        var date = Instants.FromMicroseconds(notice.CreatedAt);
        var signer = signers.Of(domain);
        var message = new ArrayBufferWriter<byte>();
        composer.Compose(message, new MessageParts
        {
            To = new Mailbox(notice.Address),
            Subject = notice.Subject,
            Date = date,
            MessageId = string.Create(CultureInfo.InvariantCulture, $"<notice.{notice.NoticeId}.{notice.CreatedAt}@{domain}>"),
            Text = Encoding.UTF8.GetBytes(notice.Body),
            AllowEightBit = false,
        });
        if (signer is null) return message.WrittenMemory;
        var signed = new ArrayBufferWriter<byte>();
        signer.Sign(message.WrittenSpan, time.GetUtcNow(), signed);
        signed.Write(message.WrittenSpan);
        return signed.WrittenMemory;
    }
}
