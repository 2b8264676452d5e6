using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Silo.Definitions;

/// <summary>The key <c>push</c> of <c>mailing.json</c>: a notification whose whole payloads, where it has any, stand in files beside it.</summary>
internal sealed record PushFile
{
    public string? Title { get; init; }

    public string? Body { get; init; }

    public string? Image { get; init; }

    public IReadOnlyDictionary<string, string> Data { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public string? CollapseKey { get; init; }

    public int? TimeToLiveSeconds { get; init; }

    /// <summary>File with the payload for FCM.</summary>
    public string? Fcm { get; init; }

    /// <summary>File with the payload for APNs.</summary>
    public string? Apns { get; init; }

    /// <param name="part">Reads a file beside the definition.</param>
    public PushTemplates Read(Func<string?, string?> part) => new()
    {
        Title = Title,
        Body = Body,
        Image = Image,
        Data = Data,
        CollapseKey = CollapseKey,
        TimeToLiveSeconds = TimeToLiveSeconds,
        Fcm = part(Fcm),
        Apns = part(Apns),
    };
}
