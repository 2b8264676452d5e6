namespace ClosedLoop.Responses.UserAgents;

/// <summary>A product token that names a browser by itself.</summary>
/// <param name="Token">The token as written before the slash and the version.</param>
/// <param name="Family">Name on a desktop, and elsewhere when the next is null.</param>
/// <param name="MobileFamily">Name on a phone or a tablet.</param>
/// <param name="IsLoose">
/// The version may also follow a space or nothing. Not for words that are names of devices too: an <c>Iris 50</c> and an <c>Edge 50</c> are phones.
/// </param>
internal sealed record BrowserRule(string Token, string Family, string? MobileFamily = null, bool IsLoose = false)
{
    /// <summary>What the version stands right behind.</summary>
    public string Prefix { get; } = IsLoose ? Token : Token + "/";
}
