namespace ClosedLoop.Delivery.Channels.Push;

/// <summary>An access token.</summary>
/// <param name="Value">The secret.</param>
/// <param name="ProjectId">Project whose messages it opens.</param>
/// <param name="Until">When it ends.</param>
internal sealed record FcmToken(string Value, string ProjectId, DateTimeOffset Until)
{
    /// <summary>Without the secret: records print all they have.</summary>
    public override string ToString() => $"token of {ProjectId} until {Until:u}";
}
