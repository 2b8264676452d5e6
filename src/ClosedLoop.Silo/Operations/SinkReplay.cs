using System.Net;
using System.Text;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Delivery;
using ClosedLoop.Liquid;
using ClosedLoop.Mail;
using ClosedLoop.Mail.Smtp;
using ClosedLoop.Operations.Ports;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Operations;

/// <summary>
/// A mailing as a test (decision 034): its messages rendered from what was frozen and handed to the service's own sink by SMTP. No ledger row, no lane and no relay takes part, so that it cannot reach anybody, change a number or
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

    public async Task<Replayed> ReplayAsync(MailingRow mailing, IReadOnlyList<(int Sequence, string Address, byte[] Fields)> people, CancellationToken cancellation)
    {
        if (!IsThere) throw new InvalidOperationException("There is no sink of the service's own.");
        var make = replay.Trial(mailing, time.GetUtcNow());
        var result = new Replayed(0, 0, 0, null);
        SmtpConnection? connection = null;
        try
        {
            foreach (var (sequence, address, fields) in people)
            {
                byte[] message;
                try
                {
                    message = [.. Encoding.ASCII.GetBytes(FormattableString.Invariant($"{Header}: {mailing.MailingId}.{sequence}\r\n")), .. make(sequence, address, fields).Span];
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
