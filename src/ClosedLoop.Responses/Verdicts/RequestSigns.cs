using System.Net;
using ClosedLoop.Model.Events;
using ClosedLoop.Model.Verdicts;
using ClosedLoop.Responses.UserAgents;

namespace ClosedLoop.Responses.Verdicts;

/// <summary>Signs of one request: what its user agent and headers say.</summary>
public static class RequestSigns
{
    /// <summary>Security products that give their name. Most do not and are known by what they do.</summary>
    private static readonly string[] Gateways =
    [
        "barracuda", "mimecast", "proofpoint", "sophos", "ironport", "trendmicro", "trend micro", "symantec", "messagelabs", "forcepoint", "websense", "fireeye", "trellix",
        "fortinet", "fortiguard", "fortimail", "zscaler", "avanan", "checkpoint", "hornetsecurity", "spamtitan", "trustwave", "mailguard", "bitdefender", "kaspersky", "urlscan",
        "virustotal", "netcraft", "paloaltonetworks", "expanse", "censys", "zgrab", "google-safety", "safebrowsing", "safelinks", "phishtank", "spamhaus", "rspamd", "vadesecure", "f-secure", "withsecure", "webroot", "cloudmark",
    ];

    private static readonly string[] Previews =
    [
        "slackbot", "slack-imgproxy", "facebookexternalhit", "facebot", "twitterbot", "telegrambot", "whatsapp/", "discordbot", "linkedinbot", "skypeuripreview", "bingpreview",
        "microsoftpreview", "teamsbot", "redditbot", "pinterestbot", "embedly", "iframely", "mattermost", "rocket.chat", "viber/", "google-pagerenderer", "zoombot", "signal-preview", "mastodon/", "bluesky cardyb", "vkshare",
    ];

    /// <summary>Libraries beyond those that the look-up of browsers knows.</summary>
    private static readonly string[] Libraries = ["axios/", "node-fetch", "undici", "go-resty", "guzzlehttp", "faraday", "aiohttp", "urllib", "libcurl", "playwright", "puppeteer", "selenium"];

    /// <summary>An agent with which Gmail loads pictures right after delivery: Edge 12, which nobody uses, with a second product behind it.</summary>
    private const string MailboxPrefetch = "Edge/12.246 Mozilla/5.0";

    /// <summary>Signs of a tracked event, from what the spool holds of its request.</summary>
    public static EventSigns Of(TrackedEvent tracked)
    {
        ArgumentNullException.ThrowIfNull(tracked);
        var signs = OfAgent(tracked.UserAgent);
        if (tracked.Flags.HasFlag(TrackedEventFlags.Automatic)) signs |= EventSigns.AppleProxy;
        if (tracked.Flags.HasFlag(TrackedEventFlags.Prefetch)) signs |= EventSigns.PrefetchHeader;
        return signs;
    }

    /// <summary>True when one of the headers that announce a prefetch does so.</summary>
    /// <param name="header">Value of a header by its name; empty when it is not there.</param>
    public static bool IsPrefetch(Func<string, string?> header)
    {
        ArgumentNullException.ThrowIfNull(header);
        foreach (var name in (ReadOnlySpan<string>)["Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"])
        {
            if (header(name) is { Length: > 0 } value
                && (value.Contains("prefetch", StringComparison.OrdinalIgnoreCase) || value.Contains("prerender", StringComparison.OrdinalIgnoreCase) || value.Contains("preview", StringComparison.OrdinalIgnoreCase)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True for an address that many people may seem to come from: a proxy before the service, this machine, a local network.</summary>
    internal static bool IsShared(IPAddress address)
    {
        if (IPAddress.IsLoopback(address) || address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal) return true;
        Span<byte> bytes = stackalloc byte[16];
        return address.TryWriteBytes(bytes, out var length) && length == 4
            && (bytes[0] == 10 || (bytes[0] == 172 && bytes[1] is >= 16 and < 32) || (bytes[0] == 192 && bytes[1] == 168) || (bytes[0] == 100 && bytes[1] is >= 64 and < 128));
    }

    private static EventSigns OfAgent(string agent)
    {
        if (string.IsNullOrWhiteSpace(agent)) return EventSigns.NoAgent;
        if (agent == "Mozilla/5.0") return EventSigns.BareAgent;
        var text = new AgentText(agent);
        if (text.HasAny("GoogleImageProxy", "YahooMailProxy")) return EventSigns.ImageProxy;
        if (text.Text.EndsWith(MailboxPrefetch, StringComparison.Ordinal)) return EventSigns.PrefetchAgent;
        if (HasAny(text, Gateways)) return EventSigns.GatewayAgent;
        if (HasAny(text, Previews)) return EventSigns.PreviewAgent;
        return Robots.Is(text) || HasAny(text, Libraries) ? EventSigns.RobotAgent : EventSigns.None;
    }

    private static bool HasAny(AgentText text, string[] names)
    {
        foreach (var name in names)
        {
            if (text.HasIgnoreCase(name)) return true;
        }

        return false;
    }
}
