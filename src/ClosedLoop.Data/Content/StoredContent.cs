namespace ClosedLoop.Data.Content;

/// <summary>What was fetched for one field of a recipient, as far as it is kept.</summary>
/// <param name="Field">Position of the field in the list.</param>
/// <param name="Url">Where it came from in the end.</param>
/// <param name="Sha256">Of the octets received, in lower-case hex.</param>
/// <param name="HasHtml">There is something of it in the HTML part.</param>
/// <param name="HasText">There is something of it in the text part.</param>
/// <param name="Target">Target of a link; <c>null</c> for a text.</param>
public sealed record StoredContent(int Field, string Url, string Sha256, bool HasHtml, bool HasText, string? Target);
