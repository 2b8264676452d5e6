namespace ClosedLoop.Silo.Configuration;

/// <summary>How readers reach the tracking endpoints.</summary>
public sealed record TrackingSettings
{
    /// <summary>Public scheme and host, as in <c>https://news.example.org</c>; the listen address when not set.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>File of CIDR blocks, one a line: the proxies of Apple's mail privacy protection.</summary>
    public string? MppRangesFile { get; init; }

    /// <summary>An automatic open is known by its user agent alone.</summary>
    public bool MppUserAgentOnly { get; init; }
}
