namespace ClosedLoop.Delivery.Channels;

/// <summary>One rendered message on its way to a provider.</summary>
public sealed record ChannelMessage
{
    public required long MailingId { get; init; }

    /// <summary>Position of the recipient in the mailing.</summary>
    public required int Sequence { get; init; }

    /// <summary>The ledger's address: a phone number (E.164 with a plus), or a device (<see cref="Model.Recipients.PushAddress"/>).</summary>
    public required string Address { get; init; }

    /// <summary>The same whenever this message is sent again, and of no other: <c>mailing.sequence</c>. Providers that know idempotency keys get it.</summary>
    public required string Id { get; init; }

    /// <summary>Our name of this attempt (<see cref="Data.Channels.MessageReferences"/>), which a receipt may repeat.</summary>
    public string Reference { get; init; } = "";

    /// <summary>Who an SMS comes from; null leaves it to the provider.</summary>
    public string? From { get; init; }

    /// <summary>Text of an SMS; empty for push.</summary>
    public string Text { get; init; } = "";

    /// <summary>The notification; null for SMS.</summary>
    public PushNotification? Push { get; init; }

    /// <summary>Where the provider may report what became of the message; null when nobody listens.</summary>
    public Uri? ReceiptUrl { get; init; }
}
