using ClosedLoop.Model.Delivery;

namespace ClosedLoop.Responses.Export.Files;

/// <summary>One place for a link in a mailing, and what is the same about it for everybody looked at.</summary>
internal sealed class SharedLink(RenderedLink first)
{
    /// <summary>Name in the first message.</summary>
    public string Name { get; } = first.Name;

    /// <summary>The target; up to its query where only that differs, <c>null</c> where more does.</summary>
    public string? Url { get; private set; } = first.Url;

    public void Compare(RenderedLink other)
    {
        if (Url is null || other.Url == Url) return;
        Url = WithoutQuery(Url) == WithoutQuery(other.Url) ? WithoutQuery(Url) : null;
    }

    private static string WithoutQuery(string url) => url.IndexOfAny(['?', '#']) is var end and >= 0 ? url[..end] : url;
}
