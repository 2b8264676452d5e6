namespace ClosedLoop.Responses.UserAgents;

/// <summary>Desktop, mobile or tablet.</summary>
internal static class DeviceParser
{
    private const string Desktop = "Desktop";
    private const string Mobile = "Mobile";
    private const string Tablet = "Tablet";

    public static string Parse(AgentText agent, Product? browser, Product? platform)
    {
        // A picture proxy hides the device, a robot has none, and a console is neither of the three.
        if (browser is null || browser.Family is "GmailImageProxy" or "YahooMailProxy" or "NetFront NX")
            return UserAgent.Unknown;
        return platform?.Family switch
        {
            "Windows" => platform.Version.StartsWith("CE", StringComparison.Ordinal) ? Mobile : Desktop,
            "Mac OS X" or "Mac OS" or "Chrome OS" or "FreeBSD" or "OpenBSD" or "NetBSD" or "Solaris" or "SerenityOS" => Desktop,
            "iOS" => agent.Has("iPad") || agent.Has("Macintosh") ? Tablet : Mobile,
            "Android" or "HarmonyOS" => OnAndroid(agent),
            "BlackBerry Tablet OS" => Tablet,
            "webOS" => agent.Has("tablet") ? Tablet : Mobile,
            "Firefox OS" => agent.Has("Tablet") ? Tablet : Mobile,
            "Windows Phone" or "Windows Mobile" or "BlackBerry OS" or "Symbian OS" or "Nokia Series 40" or "Bada" or "KaiOS" or "MeeGo" or "Maemo" or "Brew MP" or "BREW" or "Nokia Series 30 Plus" => Mobile,
            "Symbian^3" or "Symbian^3 Anna" or "Symbian^3 Belle" => Mobile,
            "Sailfish" => agent.Has("Tablet") ? Tablet : Mobile,
            "Kindle" or "WeTab" => Tablet,
            "WatchOS" or "tvOS" or "ATV OS X" or "Web0S" or "WebTV" or "Roku" or "GoogleTV" or "LG" or "Panasonic" or "Samsung" => UserAgent.Unknown,
            "Tizen" => agent.HasWord("Mobile") ? Mobile : UserAgent.Unknown,
            null => agent.HasWord("Mobile") ? Mobile : UserAgent.Unknown,
            _ => IsDesktopLinux(agent) ? Desktop : UserAgent.Unknown,
        };
    }

    // Phones say "Mobile" and tablets do not (Android's own advice since 3.0); before that, and in some tablets, the model tells.
    private static string OnAndroid(AgentText agent)
    {
        if (agent.HasAny("SmartTV", "SMART-TV", "Android TV", "GoogleTV", "BRAVIA", "; AFT", "CrKey", "Quest"))
            return UserAgent.Unknown;
        if (agent.HasAny("Tablet", "tablet", "Kindle", "Silk-Accelerated", "Nexus 7", "Nexus 10", "Pixel C", "; KF", "; SM-T", "; SM-P", "; SM-X", "GT-P", "Xoom", "Pad"))
            return Tablet;
        return agent.HasIgnoreCase("mobile") || agent.HasAny("FBAN/", "Opera Mobi", "Opera Mini", "UCBrowser", "UCWEB", "Dalvik") || !agent.Has("AppleWebKit") ? Mobile : Tablet;
    }

    private static bool IsDesktopLinux(AgentText agent) =>
        !agent.HasAny("SmartTV", "HbbTV", "CrKey", "GoogleTV", "Large Screen", "NetCast", "Roku", "Nintendo") && !agent.HasWord("Mobile");
}
