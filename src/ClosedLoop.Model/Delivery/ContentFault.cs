namespace ClosedLoop.Model.Delivery;

/// <summary>Why content on another server cannot be had. The names stand in messages and are kept; docs/errors.md explains them.</summary>
public enum ContentFault
{
    /// <summary>No host is allowed at all.</summary>
    SwitchedOff,

    /// <summary>The address cannot be read, or not in one way only.</summary>
    AddressMalformed,

    /// <summary>Neither http nor https.</summary>
    SchemeRefused,

    /// <summary>The address holds a name or password.</summary>
    LoginRefused,

    /// <summary>The host is not on the list.</summary>
    HostRefused,

    /// <summary>The port is not on the list.</summary>
    PortRefused,

    /// <summary>The name stands for an address inside.</summary>
    InsideRefused,

    /// <summary>The name stands for no address.</summary>
    NotResolved,

    /// <summary>No connection, or it broke off.</summary>
    NotConnected,

    /// <summary>Too slow.</summary>
    TimedOut,

    /// <summary>An answer other than 200.</summary>
    Status,

    /// <summary>A redirect that is not followed.</summary>
    RedirectRefused,

    /// <summary>Larger than allowed.</summary>
    TooLarge,

    /// <summary>Of another content type.</summary>
    TypeRefused,

    /// <summary>A charset nobody knows, or octets that are not of it.</summary>
    CharsetRefused,

    /// <summary>The content itself cannot be used.</summary>
    ContentRefused,
}
