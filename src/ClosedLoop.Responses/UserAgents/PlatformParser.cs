namespace ClosedLoop.Responses.UserAgents;

/// <summary>
/// Finds the operating system. Platforms that pretend to be another come before the one they name (Windows Phone names Android, Android names Linux).
/// </summary>
internal static partial class PlatformParser
{
    /// <summary>The operating system, or null when it cannot be told.</summary>
    public static Product? Parse(AgentText agent)
    {
        // The picture proxies send the header of a browser they are not.
        if (agent.HasAny("GoogleImageProxy", "YahooMailProxy"))
            return null;

        // Consoles have systems without names of their own, whatever their browser pretends.
        if (agent.HasAny("PlayStation", "PLAYSTATION", "Nintendo"))
            return null;
        if (agent.Has("HbbTV"))
            return HybridTelevision(agent);
        return Television(agent)
            ?? WindowsPhone(agent)
            ?? AppleDevice(agent)
            ?? Handheld(agent)
            ?? Android(agent)
            ?? (agent.Has("(X11; Windows ") ? Unix(agent) : null)
            ?? Windows(agent)
            ?? Mac(agent)
            ?? Unix(agent);
    }

    private static Product? Television(AgentText agent)
    {
        if (agent.Has("CrKey"))
            return Chromecast(agent);
        if (agent.Has("GoogleTV"))
            return agent.VersionAfter("GoogleTV ") is { } version ? new Product("GoogleTV", version) : new Product("GoogleTV");
        if (agent.Has("Web0S"))
            return new Product("Web0S");
        if (agent.Has("Roku"))
            return agent.ProductAfter("Roku/DVP", "Roku") ?? new Product("Roku");
        return agent.ProductAfter("WebTV", "WebTV");
    }

    private static Product Chromecast(AgentText agent)
    {
        if (agent.Has("Android"))
            return agent.ProductAfter("Android", "Chromecast Android") ?? new Product("Chromecast Android");
        var family = agent.Has("Fuchsia") ? "Chromecast Fuchsia" : agent.Has("DeviceType/SmartSpeaker") ? "Chromecast SmartSpeaker" : "Chromecast Linux";
        return agent.ProductAfter("CrKey", family) ?? new Product(family);
    }

    // LG numbers its platform from 2011 on; the other makers write the year.
    private static Product? HybridTelevision(AgentText agent)
    {
        if (agent.VersionAfter("NetCast") is { } netCast && int.TryParse(netCast.AsSpan(0, 1), out var generation))
            return new Product("LG", (2009 + generation).ToString(System.Globalization.CultureInfo.InvariantCulture));
        return agent.ProductAfter("VIERA", "Panasonic")
            ?? (agent.Has("Samsung") ? agent.ProductAfter("SmartTV", "Samsung") : null)
            ?? agent.ProductAfter("Tizen", "Tizen")
            ?? (agent.HasAny("Sony", "Philips", "Sharp") || !agent.Has("Linux") ? null : new Product("Linux"));
    }

    private static Product? Handheld(AgentText agent)
    {
        if (agent.HasAny("BlackBerry", "BB10"))
        {
            var version = agent.Has("Version/") && !agent.StartsWith("Opera") ? agent.VersionAfter("Version") : BlackBerryModel(agent);
            return version is null ? new Product("BlackBerry OS") : new Product("BlackBerry OS", version);
        }
        if (agent.HasAny("PlayBook", "RIM Tablet OS"))
            return agent.ProductAfter("RIM Tablet OS", "BlackBerry Tablet OS") ?? new Product("BlackBerry Tablet OS");
        return agent.ProductAfter("hpwOS", "webOS")
            ?? agent.ProductAfter("webOS", "webOS")
            ?? agent.ProductAfter("KAIOS", "KaiOS")
            ?? FirefoxOs(agent)
            ?? Symbian(agent)
            ?? (agent.HasWord("Bada") ? agent.ProductAfter("Bada", "Bada") ?? new Product("Bada") : null)
            ?? agent.ProductAfter("Tizen", "Tizen")
            ?? (agent.Has("MeeGo") ? new Product("MeeGo") : null)
            ?? (agent.Has("Maemo") ? new Product("Maemo") : null)
            ?? agent.ProductAfter("BMP", "Brew MP")
            ?? agent.ProductAfter("Brew MP", "Brew MP")
            ?? (agent.HasWord("BREW") ? agent.ProductAfter("BREW", "BREW") ?? new Product("BREW") : null)
            ?? (agent.HasWord("Series30Plus") ? new Product("Nokia Series 30 Plus") : null)
            ?? agent.ProductAfter("HarmonyOS", "HarmonyOS")
            ?? agent.ProductAfter("OpenHarmony", "HarmonyOS");
    }

    // "BlackBerry9700/5.0.0.351": model, then the system's version.
    private static string? BlackBerryModel(AgentText agent)
    {
        var at = agent.Text.IndexOf("BlackBerry", StringComparison.Ordinal);
        var slash = at < 0 ? -1 : agent.Text.IndexOf('/', at);
        return slash < 0 || slash - at > 16 || agent.Text.AsSpan(at, slash - at).Contains(';') ? null : agent.VersionAt(slash);
    }

    private static Product? Symbian(AgentText agent)
    {
        // The updates of Symbian^3 are told by the browser that came with them.
        if (agent.Has("Symbian/3"))
            return new Product(agent.Has("NokiaBrowser/7.3") ? "Symbian^3 Anna" : agent.Has("NokiaBrowser/7.4") || agent.Has("Series60/5.3") ? "Symbian^3 Belle" : "Symbian^3");
        if (agent.ProductAfter("SymbianOS", "Symbian OS") is { } symbian)
            return symbian;
        if (agent.HasWord("Symbian") || agent.HasAny("SymbOS", "SymbianOS", "Series 60", "Series60", "S60;", "S60/", "S60V", "=S60", "(S60"))
            return new Product("Symbian OS");
        return agent.HasAny("Series40", "Nokia Series 40") ? new Product("Nokia Series 40") : null;
    }

    // Firefox OS sends no version; that of its engine stands for it.
    private static Product? FirefoxOs(AgentText agent)
    {
        if (!agent.HasAny("(Mobile; rv:", "(Tablet; rv:") && !(agent.StartsWith("Mozilla/5.0 (Mobile;") && agent.Has("Gecko/") && !agent.HasAny("Android", "Windows")))
            return null;
        var system = agent.VersionAfter("Gecko/", StringComparison.Ordinal) switch
        {
            "18.0" => "1.0.1",
            "18.1" => "1.1",
            "26.0" => "1.2",
            "28.0" => "1.3",
            "30.0" => "1.4",
            "32.0" => "2.0",
            "34.0" => "2.1",
            "37.0" => "2.2",
            "44.0" => "2.5",
            _ => "",
        };
        return new Product("Firefox OS", system);
    }

    private static Product? Android(AgentText agent)
    {
        if (agent.HasAny("OculusBrowser", "Quest"))
            return agent.ProductAfter("Android", "Android") ?? new Product("Android");
        if (!agent.HasIgnoreCase("Android") && !agent.HasAny("Adr ", "Silk/", "JUC (Linux", "JUC(Linux", "Dalvik/", "FBAN/FB4A", "FBAN/PAAA"))
            return null;
        if (agent.VersionAfter("Android mobile") is { } mobile)
            return new Product("Android", mobile);
        if (agent.VersionAfterOwnWord("Android") is { } version)
            return new Product("Android", agent.Has("-update1") && version.Split('.').Length == 2 ? version + ".update1" : version);
        if ((agent.VersionAfter("Adr", StringComparison.Ordinal) ?? agent.VersionAfter("Linux; U", StringComparison.Ordinal) ?? agent.VersionAfter("Linux;U", StringComparison.Ordinal)) is { } other)
            return new Product("Android", other);
        if (agent.HasAny("FBAN/", "FBPN/com.facebook") && agent.ProductAfter("FBSV", "Android") is { } inFacebook)
            return inFacebook;
        foreach (var (name, number) in AndroidNames)
        {
            if (agent.Has("Android " + name) || agent.Has("Android-" + name))
                return new Product("Android", number);
        }
        return new Product("Android");
    }

    private static readonly (string Name, string Version)[] AndroidNames =
        [("Donut", "1.2"), ("Eclair", "2.1"), ("Froyo", "2.2"), ("Gingerbread", "2.3"), ("Honeycomb", "3.0")];
}
