namespace ClosedLoop.Responses.Tracking;

/// <summary>What the tracking endpoints accept and how they tell automatic opens.</summary>
public sealed record TrackingOptions
{
    /// <summary>
    /// File with the address ranges of Apple's mail privacy proxies, one CIDR range a line; text after a comma is ignored, so Apple's own
    /// list can be used as it is. Read again when it changes. Default none: no open is automatic unless <see cref="MppUserAgentOnly"/>.
    /// </summary>
    public string? AppleProxyRangesFile { get; init; }

    /// <summary>How often the ranges file is looked at for a change. Default 1 minute.</summary>
    public TimeSpan AppleProxyRangesCheckInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Setting <c>tracking.mppUserAgentOnly</c>: the user agent <c>Mozilla/5.0</c> alone makes an open automatic. Default false.</summary>
    public bool MppUserAgentOnly { get; init; }

    /// <summary>Longest query string in characters; a longer one is answered 414. Default 4 KB. Queries are otherwise ignored.</summary>
    public int MaxQueryLength { get; init; } = 4096;

    /// <summary>Longest request body in bytes; a longer one is answered 413. Default 4 KB: a one-click body has 26 bytes.</summary>
    public int MaxBodyBytes { get; init; } = 4096;
}
