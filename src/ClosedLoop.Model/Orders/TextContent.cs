namespace ClosedLoop.Model.Orders;

/// <summary>Plain-text part.</summary>
/// <param name="Content">As written, not trimmed.</param>
/// <param name="TrackLinks">Links are rewritten; on unless switched off (xml-delivery spec section 9.3).</param>
public sealed record TextContent(string Content, bool TrackLinks);
