namespace ClosedLoop.Data.Channels;

/// <summary>A provider's report about one message, or one part of a long one.</summary>
public sealed record ChannelReceipt
{
    public required long ClientId { get; init; }

    /// <summary>Who reports, as stored with the message: <c>CLIENT/sms-twilio</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>The provider's id.</summary>
    public required string ProviderId { get; init; }

    public required ReceiptState State { get; init; }

    /// <summary>The provider's code of the failure; empty when it gave none.</summary>
    public string Code { get; init; } = "";

    /// <summary>What it said.</summary>
    public string Detail { get; init; } = "";

    /// <summary>Our own name of the message (<see cref="MessageReferences"/>), where the provider repeats it; null where it does not.</summary>
    public string? Reference { get; init; }

    /// <summary>Which part of the message <see cref="ProviderId"/> is, from 1 on; of a reference.</summary>
    public int Part { get; init; } = 1;

    /// <summary>How many parts the message has; of a reference.</summary>
    public int Parts { get; init; } = 1;

    /// <summary>Microseconds.</summary>
    public required long OccurredAt { get; init; }
}
