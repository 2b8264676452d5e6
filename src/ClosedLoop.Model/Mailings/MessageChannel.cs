namespace ClosedLoop.Model.Mailings;

/// <summary>By which way a mailing reaches its recipients (decision 022). The numbers are stored.</summary>
public enum MessageChannel
{
    Mail = 0,

    /// <summary>Text messages; addresses are phone numbers, see <see cref="Recipients.PhoneNumber"/>.</summary>
    Sms = 1,

    /// <summary>Notifications of apps; addresses are device tokens, see <see cref="Recipients.PushAddress"/>.</summary>
    Push = 2,
}
