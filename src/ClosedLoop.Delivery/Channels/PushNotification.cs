namespace ClosedLoop.Delivery.Channels;

/// <summary>A notification as it was rendered for one device.</summary>
public sealed record PushNotification
{
    public string? Title { get; init; }

    public string? Body { get; init; }

    /// <summary>Web address of a picture.</summary>
    public string? Image { get; init; }

    /// <summary>Values for the app.</summary>
    public IReadOnlyDictionary<string, string> Data { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public string? CollapseKey { get; init; }

    /// <summary>How long a device that is away is waited for; null leaves it to the provider.</summary>
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>A whole payload for FCM, JSON in UTF-8, in place of the parts.</summary>
    public ReadOnlyMemory<byte>? Fcm { get; init; }

    /// <summary>A whole payload for APNs, JSON in UTF-8, in place of the parts.</summary>
    public ReadOnlyMemory<byte>? Apns { get; init; }
}
