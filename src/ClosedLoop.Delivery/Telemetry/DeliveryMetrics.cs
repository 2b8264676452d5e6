using System.Diagnostics.Metrics;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Model.Telemetry;

namespace ClosedLoop.Delivery.Telemetry;

/// <summary>What the sending path measures.</summary>
internal static class DeliveryMetrics
{
    private static readonly Counter<long> Sent = HouseTelemetry.Meter.CreateCounter<long>("closedloop.message.sent", "{message}", "Messages that got an outcome, by outcome and mailbox provider.");

    private static readonly Histogram<double> Duration = HouseTelemetry.Meter.CreateHistogram<double>(
        "closedloop.message.delivery.duration", "s", "From the first octet of a group of messages to a message's reply.", tags: null, HouseTelemetry.Seconds);

    private static readonly Counter<long> Holds = HouseTelemetry.Meter.CreateCounter<long>("closedloop.lane.holds", "{hold}", "How often a relay or a domain was held back.");

    public static void Settled(SendOutcome outcome, MessageChannel channel)
    {
        if (!Sent.Enabled) return;
        Sent.Add(1, new("outcome", WordFor(outcome.State)), new("provider", channel == MessageChannel.Mail ? ProviderGroup.Of(outcome.Address) : "none"), new("channel", WordFor(channel)));
    }

    public static void Replied(TimeSpan elapsed, string address)
    {
        if (Duration.Enabled) Duration.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>("provider", ProviderGroup.Of(address)));
    }

    public static void Held() => Holds.Add(1);

    private static string WordFor(MessageChannel channel) => channel switch
    {
        MessageChannel.Sms => "sms",
        MessageChannel.Push => "push",
        _ => "mail",
    };

    private static string WordFor(RecipientState state) => state switch
    {
        RecipientState.Sent => "sent",
        RecipientState.Failed => "failed",
        RecipientState.Suppressed => "suppressed",
        RecipientState.Unknown => "unknown",
        RecipientState.Waiting => "deferred",
        _ => "cancelled",
    };
}
