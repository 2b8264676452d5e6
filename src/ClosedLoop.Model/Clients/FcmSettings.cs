namespace ClosedLoop.Model.Clients;

/// <summary>Firebase Cloud Messaging, HTTP v1.</summary>
public sealed record FcmSettings
{
    /// <summary>Absolute path of the service account's JSON key; project, address and key stand in it.</summary>
    public required string ServiceAccountFile { get; init; }

    /// <summary>Where messages go; no slash at the end.</summary>
    public string BaseUrl { get; init; } = "https://fcm.googleapis.com";
}
