namespace ClosedLoop.Model.Accounts;

/// <summary>What a field identifies a recipient of (xml-delivery spec section 6).</summary>
public enum FieldRole
{
    Email,
    Phone,

    /// <summary>Device token of push.</summary>
    PushToken,

    /// <summary>Endpoint type of push: APN or GCM.</summary>
    PushEndpoint,

    /// <summary>Name of the application of push.</summary>
    PushApplication,
}
