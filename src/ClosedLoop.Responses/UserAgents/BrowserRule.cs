namespace ClosedLoop.Responses.UserAgents;

/// <summary>A product token that names a browser by itself.</summary>
/// <param name="Token">The token as written before the version.</param>
/// <param name="Family">Name on a desktop, and elsewhere when the next is null.</param>
/// <param name="MobileFamily">Name on a phone or a tablet.</param>
internal sealed record BrowserRule(string Token, string Family, string? MobileFamily = null);
