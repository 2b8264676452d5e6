using ClosedLoop.Mail.Sink;
using ClosedLoop.Model.Tokens;
using ClosedLoop.Responses.Inbound;

namespace ClosedLoop.Silo.Hosting;

/// <summary>A message that somebody sends to the built-in sink at one of our own return-path or unsubscribe addresses is a returned mail.</summary>
internal sealed class SinkReturns(InboundMailbox mailbox, AddressTokenCodec addresses)
{
    public async ValueTask TakeAsync(SinkMessage message)
    {
        var ours = message.Record.To.Where(IsOurs).ToList();
        if (ours.Count > 0) await mailbox.AcceptAsync("sink", sourceKey: null, message.Raw, ours);
    }

    private bool IsOurs(string address) => address.LastIndexOf('@') is > 0 and var at && addresses.TryRead(address.AsSpan(0, at), out _);
}
