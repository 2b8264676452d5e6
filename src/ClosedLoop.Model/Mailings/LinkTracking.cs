namespace ClosedLoop.Model.Mailings;

/// <summary>Which links of a part are tracked.</summary>
public enum LinkTracking
{
    /// <summary>All that lead to the web.</summary>
    All,

    /// <summary>Only those of <c>a</c> elements with <c>track="yes"</c>, which is taken out (xml-delivery spec section 9.3).</summary>
    Marked,

    /// <summary>None.</summary>
    None,
}
