namespace ClosedLoop.Model.Events;

/// <summary>Further facts about a <see cref="TrackedEvent"/>. The values are stored.</summary>
[Flags]
public enum TrackedEventFlags
{
    None = 0,

    /// <summary>An open by Apple's mail privacy proxy, not by the reader (closed-loop specification, section 11).</summary>
    Automatic = 1,

    /// <summary>An unsubscribe by the mail client's own button (RFC 8058), not by the page.</summary>
    OneClick = 2,

    /// <summary>The request called itself a prefetch.</summary>
    Prefetch = 4,
}
