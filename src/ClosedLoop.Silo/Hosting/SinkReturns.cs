using ClosedLoop.Mail;
using ClosedLoop.Mail.Sink;
using ClosedLoop.Model.Tokens;
using ClosedLoop.Responses.Inbound;

namespace ClosedLoop.Silo.Hosting;

/// <summary>A message that somebody sends to the built-in sink at one of our own return-path or unsubscribe addresses is a returned mail.</summary>
internal sealed partial class SinkReturns(InboundMailbox mailbox, AddressTokenCodec addresses, ILogger<SinkReturns> logger)
{
    public async ValueTask TakeAsync(SinkMessage message)
    {
        var ours = message.Record.To.Where(IsOurs).ToList();
        if (ours.Count == 0) return;
        try
        {
            await mailbox.AcceptAsync("sink", sourceKey: null, message.Raw, ours);
        }
        catch (MailFormatException e)
        {
            // The sink takes larger mails than the mailbox; it has kept this one.
            LogTooLarge(message.Record.N, message.Raw.Length, e.Message);
        }
    }

    private bool IsOurs(string address) => address.LastIndexOf('@') is > 0 and var at && addresses.TryRead(address.AsSpan(0, at), out _);

    [LoggerMessage(6021, LogLevel.Error, "CL8002: returned mail of {Size} octets stays in the sink, message {Number}: {Cause}")]
    private partial void LogTooLarge(long number, int size, string cause);
}
