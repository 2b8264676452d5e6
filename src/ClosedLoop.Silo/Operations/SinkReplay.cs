using System.Net;
using System.Text;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Delivery;
using ClosedLoop.Liquid;
using ClosedLoop.Mail;
using ClosedLoop.Mail.Smtp;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Operations.Ports;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Operations;

/// <summary>
/// A mailing, or rows of a file, as a test (decision 034): messages rendered from what was frozen, or would be, and handed to the service's own sink by SMTP. No ledger row, no lane and no relay takes part, so that it cannot reach anybody, change a number or
/// stand in a file.
/// </summary>
internal sealed class SinkReplay(IMessageReplay replay, SiloSettings settings, TimeProvider time) : ISinkReplay
{
    /// <summary>Header that says of which message it is a copy.</summary>
    public const string Header = "X-ClosedLoop-Replay";

    private const string Sender = "replay@closedloop.invalid";

    public bool IsThere => settings.Delivery.Mode == DeliveryMode.Sink && settings.Sink is { Embedded: true, KeepMessages: true } && IPAddress.TryParse(settings.Sink.Host, out var host) && IPAddress.IsLoopback(host);

    /// <summary>Whether an envelope sender is that of a replay.</summary>
    public static bool IsOurs(string from) => from == Sender;

    public string? Missing(MailingRow mailing) => replay.Missing(mailing);

    public Task<Replayed> ReplayAsync(MailingRow mailing, IReadOnlyList<TrialMail> mails, CancellationToken cancellation) => HandAsync(replay.Trial(mailing, time.GetUtcNow()), mails, cancellation);

    public async Task<Replayed> TryAsync(SourceMailing source, ClientDefinition client, IReadOnlyList<TrialMail> mails, CancellationToken cancellation)
    {
        try
        {
            return await HandAsync(replay.Trial(FrozenMailing.Of(source, client), time.GetUtcNow()), mails, cancellation);
        }
        catch (LiquidParseException e)
        {
            // Checked when it was stored, which an older release did less strictly.
            return new Replayed(0, 0, mails.Count, e.Message);
        }
    }

    private async Task<Replayed> HandAsync(Func<int, string, ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> make, IReadOnlyList<TrialMail> mails, CancellationToken cancellation)
    {
        if (!IsThere) throw new InvalidOperationException("There is no sink of the service's own.");
        var result = new Replayed(0, 0, 0, null);
        SmtpConnection? connection = null;
        try
        {
            foreach (var (label, sequence, address, fields) in mails)
            {
                byte[] message;
                try
                {
                    message = [.. Encoding.ASCII.GetBytes($"{Header}: {label}\r\n"), .. make(sequence, address, fields).Span];
                }
                catch (Exception e) when (e is LiquidException or InvalidDataException or MailFormatException or Model.Delivery.ContentException)
                {
                    result = result with { Broken = result.Broken + 1, Fault = result.Fault ?? e.Message };
                    continue;
                }

                connection ??= await SmtpConnection.ConnectAsync(new SmtpRelayOptions { Host = settings.Sink.Host, Port = settings.Sink.Port, Tls = SmtpTls.None }, cancellation);
                var answer = await connection.SendAsync(Sender, address, message, cancellation);
                result = answer.Action == SmtpAction.Accepted ? result with { Taken = result.Taken + 1 } : result with { Refused = result.Refused + 1 };
                if (!answer.EndsConnection) continue;
                await connection.DisposeAsync();
                connection = null;
            }
        }
        catch (SmtpConnectException e)
        {
            return result with { Fault = "the sink does not answer: " + e.Message };
        }
        finally
        {
            if (connection is not null) await connection.DisposeAsync();
        }

        return result;
    }
}
