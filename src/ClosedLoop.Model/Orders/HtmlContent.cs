namespace ClosedLoop.Model.Orders;

/// <summary>HTML part with its switches (xml-delivery spec sections 9.2 and 9.3).</summary>
/// <param name="Content">As written, not trimmed.</param>
/// <param name="TrackLinks">Links that carry <c>track="yes"</c> are rewritten.</param>
/// <param name="Prettify">Line ends are normalised.</param>
/// <param name="Unescape">HTML entities inside placeholders are decoded.</param>
public sealed record HtmlContent(string Content, bool TrackLinks, bool Prettify, bool Unescape);
