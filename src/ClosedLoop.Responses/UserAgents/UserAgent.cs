namespace ClosedLoop.Responses.UserAgents;

/// <summary>
/// Browser, platform and device behind a User-Agent header, as the response files name them (closed-loop specification, section 11).
/// What cannot be told is <see cref="Unknown"/>; so are robots and programs that are no browser.
/// </summary>
/// <param name="Browser">Family plus major.minor, such as <c>Firefox 128.0</c>.</param>
/// <param name="Platform">Operating system plus version, such as <c>Windows 10</c>. Browsers report Windows 11 as 10 and freeze macOS at 10.15.7.</param>
/// <param name="Device"><c>Desktop</c>, <c>Mobile</c>, <c>Tablet</c> or unknown.</param>
public sealed record UserAgent(string Browser, string Platform, string Device)
{
    /// <summary>Stands for everything that cannot be told.</summary>
    public const string Unknown = "unknown";

    /// <summary>Longest header looked at, in characters; the rest is ignored.</summary>
    public const int MaxLength = 1024;

    // A mailing is opened with a few thousand different headers; twice this many entries are held at most.
    private const int CacheGeneration = 4096;

    private static readonly UserAgentCache Cache = new(CacheGeneration, Resolve);

    /// <summary>Never throws and never returns null. Results are cached.</summary>
    public static UserAgent Parse(string? userAgent)
    {
        if (string.IsNullOrWhiteSpace(userAgent))
            return Nothing;
        return Cache.Get(userAgent.Length > MaxLength ? userAgent[..MaxLength] : userAgent);
    }

    /// <inheritdoc cref="Parse(string?)"/>
    public static UserAgent Parse(ReadOnlySpan<char> userAgent) => Parse(userAgent.ToString());

    private static UserAgent Nothing { get; } = new(Unknown, Unknown, Unknown);

    private static UserAgent Resolve(string userAgent)
    {
        var text = new AgentText(userAgent);
        var platform = PlatformParser.Parse(text);
        var browser = Robots.Is(text) ? null : BrowserParser.Parse(text, platform);

        // Unlike a robot, a program that nobody knows runs on somebody's device.
        return new UserAgent(
            browser?.ToString(parts: 2) ?? Unknown,
            platform?.ToString(parts: 3) ?? Unknown,
            DeviceParser.Parse(text, browser, platform));
    }
}
