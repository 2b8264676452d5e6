namespace ClosedLoop.Liquid.Escaping;

/// <summary>How far a URL has got.</summary>
internal enum UrlPart : byte
{
    Begin,
    Path,

    /// <summary>Behind the scheme of a <c>mailto</c>, <c>tel</c>, <c>sms</c> or <c>cid</c> address.</summary>
    Address,
    Query,

    /// <summary>Behind the scheme of code or data, such as <c>javascript</c>.</summary>
    Refused,
}
