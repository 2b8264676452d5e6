using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Privacy;
using ClosedLoop.Delivery.Content;
using ClosedLoop.Delivery.Rendering;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Delivery.Channels;

/// <summary>One run over a slice: what stays the same for all its groups.</summary>
internal sealed record ChannelRun(
    MailingRow Mailing, ClientDefinition Client, ChannelPolicy Policy, SliceHold Hold, CompiledMailing Content, IReadOnlyList<ChannelWay> Ways, IReadOnlyList<AddressPattern> Blocked, ErasedSet Erased)
{
    /// <summary>Microseconds; from then on a temporary refusal is the last.</summary>
    public long Deadline { get; } = (Mailing.DispatchedAt ?? long.MaxValue / 2) + (long)TimeSpan.FromHours(Policy.RetryHours).TotalMicroseconds;

    /// <summary>Fetches for the recipients that come next; null for a message without content per recipient.</summary>
    public FetchAhead? Ahead { get; set; }

    /// <summary>Recipients that a lane sent back in this run.</summary>
    public int Delayed { get; set; }

    /// <summary>Microseconds; until then nobody at all can be sent to.</summary>
    public long HeldUntil => Ways.Count == 0 ? 0 : Ways.Min(way => way.Lane.Relay.HeldUntil);

    public ChannelWay? WayOf(string address)
    {
        foreach (var way in Ways)
        {
            if (way.Serves(address)) return way;
        }

        return null;
    }
}
