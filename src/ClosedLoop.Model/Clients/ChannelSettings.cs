using System.Text.Json.Serialization;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Model.Clients;

/// <summary>The <c>channels.*</c> keys: the ways besides mail that a client uses (decision 022).</summary>
public sealed record ChannelSettings
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SmsSettings? Sms { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PushSettings? Push { get; init; }

    /// <summary>How a client sends by a channel; null when it does not, and for mail, which has <see cref="ClientDefinition.Mail"/>.</summary>
    public ChannelPolicy? Of(MessageChannel channel) => channel switch
    {
        MessageChannel.Sms => Sms,
        MessageChannel.Push => Push,
        _ => null,
    };
}
