namespace ClosedLoop.Model.Orders;

/// <summary>Formats of an e-mail (xml-delivery spec section 9.1).</summary>
public enum PreferredContent
{
    /// <summary>HTML and plain text.</summary>
    Both,

    /// <summary>Plain text alone.</summary>
    SimpleText,

    /// <summary>HTML alone.</summary>
    RichText,
}
