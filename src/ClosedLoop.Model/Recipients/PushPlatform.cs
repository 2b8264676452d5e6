namespace ClosedLoop.Model.Recipients;

/// <summary>Whose push service knows a device token.</summary>
public enum PushPlatform
{
    /// <summary>Firebase Cloud Messaging: Android and the web.</summary>
    Fcm,

    /// <summary>Apple Push Notification service.</summary>
    Apns,
}
