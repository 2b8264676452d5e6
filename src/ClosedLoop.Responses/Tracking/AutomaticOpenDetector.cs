using System.Net;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Responses.Tracking;

/// <summary>
/// Tells opens by Apple's mail privacy proxies, which load the pixel whether or not anybody reads (closed-loop specification, section 11):
/// the user agent is exactly <c>Mozilla/5.0</c> and the address is in the configured ranges.
/// </summary>
public sealed partial class AutomaticOpenDetector
{
    private const string ProxyUserAgent = "Mozilla/5.0";

    private readonly TrackingOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<AutomaticOpenDetector> _logger;
    private CidrSet _ranges = CidrSet.Empty;
    private DateTime _rangesWrittenAt;
    private long _checkedAt;

    /// <summary>Reads the ranges file, when one is configured.</summary>
    /// <exception cref="IOException">The configured file cannot be read.</exception>
    /// <exception cref="FormatException">The configured file has a line that is not a range.</exception>
    public AutomaticOpenDetector(TrackingOptions options, TimeProvider time, ILogger<AutomaticOpenDetector> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        _options = options;
        _time = time;
        _logger = logger;
        _checkedAt = time.GetTimestamp();
        if (options.AppleProxyRangesFile is { } path)
            Load(path, File.GetLastWriteTimeUtc(path));
    }

    /// <summary>True when the open was made by a proxy on its own.</summary>
    /// <param name="userAgent">The whole User-Agent header.</param>
    /// <param name="address">Where the request came from, when known.</param>
    public bool IsAutomatic(string? userAgent, IPAddress? address)
    {
        if (userAgent != ProxyUserAgent)
            return false;
        if (_options.MppUserAgentOnly)
            return true;
        if (_options.AppleProxyRangesFile is not { } path || address is null)
            return false;
        ReloadWhenChanged(path);
        return Volatile.Read(ref _ranges).Contains(address);
    }

    private void ReloadWhenChanged(string path)
    {
        var checkedAt = Volatile.Read(ref _checkedAt);
        if (_time.GetElapsedTime(checkedAt) < _options.AppleProxyRangesCheckInterval
            || Interlocked.CompareExchange(ref _checkedAt, _time.GetTimestamp(), checkedAt) != checkedAt)
        {
            return;
        }
        try
        {
            var writtenAt = File.GetLastWriteTimeUtc(path);
            if (writtenAt != _rangesWrittenAt)
                Load(path, writtenAt);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or FormatException)
        {
            // The ranges from before are better than none: opens by people would be reported that nobody made.
            LogReloadFailed(cause, path);
        }
    }

    private void Load(string path, DateTime writtenAt)
    {
        using var reader = File.OpenText(path);
        var ranges = CidrSet.Parse(reader);
        Volatile.Write(ref _ranges, ranges);
        _rangesWrittenAt = writtenAt;
        LogLoaded(path, ranges.Count);
    }
}
