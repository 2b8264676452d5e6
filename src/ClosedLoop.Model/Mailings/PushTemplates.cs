using System.Text.Json.Serialization;

namespace ClosedLoop.Model.Mailings;

/// <summary>
/// The notification of a mailing of the channel <see cref="MessageChannel.Push"/>, each piece a template in the mailing's dialect. Either the parts, from which
/// the payload of each platform is made, or whole payloads.
/// </summary>
public sealed record PushTemplates
{
    public string? Title { get; init; }

    public string? Body { get; init; }

    /// <summary>Web address of a picture.</summary>
    public string? Image { get; init; }

    /// <summary>Values for the app by name; the names are no templates.</summary>
    public IReadOnlyDictionary<string, string> Data { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>A later notification with the same key takes the place of an earlier one: <c>apns-collapse-id</c> and <c>collapse_key</c>.</summary>
    public string? CollapseKey { get; init; }

    /// <summary>Seconds for which a device that is away is waited for; null for what the provider does by itself.</summary>
    public int? TimeToLiveSeconds { get; init; }

    /// <summary>
    /// A whole payload for FCM in place of the parts: a JSON object whose strings are templates. What is below <c>notification</c>, <c>data</c>, <c>android</c>, <c>apns</c>,
    /// <c>webpush</c> or <c>fcm_options</c> of <c>message</c> goes there.
    /// </summary>
    public string? Fcm { get; init; }

    /// <summary>A whole payload for APNs in place of the parts: a JSON object with <c>aps</c>, whose strings are templates.</summary>
    public string? Apns { get; init; }

    /// <summary>Whether there is anything to make a payload for a platform of.</summary>
    public bool Serves(Recipients.PushPlatform platform) =>
        Title is not null || Body is not null || Data.Count > 0 || (platform == Recipients.PushPlatform.Fcm ? Fcm : Apns) is not null;

    [JsonIgnore]
    public bool HasParts => Title is not null || Body is not null || Data.Count > 0 || Image is not null;
}
