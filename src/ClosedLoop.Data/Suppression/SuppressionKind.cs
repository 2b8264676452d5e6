namespace ClosedLoop.Data.Suppression;

/// <summary>Why an address gets no mail from a client. The numbers are stored; the smaller one is named when both apply.</summary>
public enum SuppressionKind
{
    Blocked = 0,
    Unsubscribed = 1,
}
