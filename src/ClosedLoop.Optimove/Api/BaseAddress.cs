namespace ClosedLoop.Optimove.Api;

/// <summary>The address of the API, in one form (optimove spec section 2).</summary>
public static class BaseAddress
{
    /// <summary>Takes a slash and <c>/current</c> off the end.</summary>
    /// <returns>Null for what is no https address; http passes where <paramref name="allowInside"/>.</returns>
    public static string? TryNormalise(string text, bool allowInside)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var uri) || uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0) return null;
        if (uri.Scheme != Uri.UriSchemeHttps && !(allowInside && uri.Scheme == Uri.UriSchemeHttp)) return null;
        var normal = uri.GetLeftPart(UriPartial.Path).TrimEnd('/');
        const string Current = "/current";
        return normal.EndsWith(Current, StringComparison.OrdinalIgnoreCase) ? normal[..^Current.Length] : normal;
    }
}
