namespace ClosedLoop.Responses.UserAgents;

/// <summary>
/// Finds the browser. Headers grew by every browser pretending to be the one before, so the order is from the most special claim
/// to the most general: mail programs, pages inside other programs, browsers with a token of their own, then the engines.
/// </summary>
internal static class BrowserParser
{
    /// <summary>The browser, or null when it cannot be told.</summary>
    public static Product? Parse(AgentText agent, Product? platform) =>
        MailPrograms.Parse(agent)
        ?? InAppBrowsers.Parse(agent)
        ?? OperaAndKin(agent)
        ?? Brave(agent)
        ?? Console(agent)
        ?? FeaturePhone(agent)
        ?? FromRules(agent, BrowserRules.Tokens)
        ?? NamedWithoutVersion(agent)
        ?? SymbianAndBlackBerry(agent)
        ?? FirefoxOnOtherEngines(agent)
        ?? InternetExplorer(agent)
        ?? Gecko(agent, platform)
        ?? FromRules(agent, BrowserRules.Standalone)
        ?? ForeignProducts.Parse(agent, platform)
        ?? FromRules(agent, BrowserRules.Frameworks)
        ?? ChromeAndKin(agent)
        ?? AndroidAndSafari(agent, platform);

    private static Product? FromRules(AgentText agent, BrowserRule[] rules)
    {
        var isMobile = agent.HasWord("Mobile");
        foreach (var rule in rules)
        {
            if (agent.ProductAfter(rule.Prefix, isMobile && rule.MobileFamily is not null ? rule.MobileFamily : rule.Family) is { } product)
                return product;
        }
        return null;
    }

    private static Product? NamedWithoutVersion(AgentText agent)
    {
        if (agent.StartsWith("QQBrowser"))
            return new Product("QQ Browser");
        if (agent.StartsWith("HipChat "))
            return new Product("HipChat Desktop Client");
        if (agent.HasAny("Valve Client", "Valve Steam"))
            return agent.ProductAfter("Chrome", agent.Has("Valve Steam GameOverlay") ? "Steam GameOverlay" : agent.Has("/Steam Deck") ? "Steam Deck" : "Steam Client");
        if (agent.StartsWith("Safari/") && agent.Has("CFNetwork/"))
            return agent.ProductAfter("Safari", "Safari");
        if (agent.Has("Chrome/") && agent.ProductAfter("MMS/", "Opera Neon") is { } neon)
            return neon;
        return agent.HasWord("luakit") ? new Product("LuaKit")
            : agent.Has("Chromium GOST") ? new Product("Chromium GOST Browser")
            : agent.Has("Safari/") && agent.HasWord("Sparrow") ? new Product("Sparrow Browser")
            : null;
    }

    // The consoles of Sony and Nintendo come with a browser of one maker: NetFront, and NetFront NX since it is built on WebKit.
    private static Product? Console(AgentText agent)
    {
        if (agent.HasAny("PlayStation Portable", "PLAYSTATION 3"))
            return new Product(agent.Has("AppleWebKit") ? "NetFront NX" : "NetFront");
        if (!agent.StartsWith("Mozilla/") || !agent.HasAny("PlayStation Vita", "Nintendo"))
            return null;
        return agent.ProductAfter(" NX/", "NetFront NX") ?? new Product("NetFront NX");
    }

    // "Openwave" is written so on phones only; a browser built on Chromium is called OpenWave.
    private static Product? FeaturePhone(AgentText agent)
    {
        if (agent.VersionAfter("Openwave/", StringComparison.Ordinal) is { } openwave)
            return new Product("Openwave", openwave);
        return agent.Has("Obigo") ? agent.ProductAfter("Obigo-Q", "Obigo") ?? agent.ProductAfter("Obigo/Q", "Obigo") ?? new Product("Obigo") : null;
    }

    // Opera kept "Opera/9.80" for ever and put the true version behind "Version/".
    private static Product? OperaAndKin(AgentText agent)
    {
        // UC's servers name the browser whose pages they ask for.
        if (agent.Has("UCBrowser/"))
            return null;
        if (agent.VersionAfter("Opera Mini/att") is { } att)
            return new Product("Opera Mini", att);
        if (agent.ProductAfter("Opera Mini", "Opera Mini") is { } mini)
            return mini;
        if (agent.Has("Opera Mini"))
            return new Product("Opera Mini");
        if (!agent.HasWord("Opera"))
            return null;
        var family = agent.Has("Opera Mobi") || agent.Has("Windows Phone") || (agent.Has("Opera/") && agent.Has("SymbOS")) ? "Opera Mobile"
            : agent.Has("Opera Tablet") ? "Opera Tablet" : "Opera";
        var version = agent.VersionAfter("Version") ?? agent.VersionAfter("Opera");
        return version is null ? null : new Product(family, version);
    }

    // Brave shows itself on few sites, by its own version, by that of the engine, or by name only.
    private static Product? Brave(AgentText agent)
    {
        if (!agent.HasWord("Brave", StringComparison.OrdinalIgnoreCase))
            return null;
        return agent.ProductAfter("Brave", "Brave") ?? agent.ProductAfter("Chrome", "Brave") ?? new Product("Brave");
    }

    private static Product? SymbianAndBlackBerry(AgentText agent)
    {
        if (agent.HasAny("BlackBerry", "BB10", "PlayBook", "RIM Tablet OS") && agent.Has("AppleWebKit"))
        {
            // The first PlayBooks gave 0.0.1 for the browser of system 1.0.
            return agent.VersionAfter("Version") is { } version && !version.StartsWith("0.", StringComparison.Ordinal)
                ? new Product("BlackBerry WebKit", version)
                : agent.ProductAfter("RIM Tablet OS", "BlackBerry WebKit");
        }

        // Before the WebKit browser of OS 6 nothing but the model told one from another.
        if (agent.ProductAfter("BlackBerry", "BlackBerry") is { } model)
            return new Product("BlackBerry", model.Version.Split('.')[0]);
        if (!agent.Has("Series60/") || !agent.Has("AppleWebKit"))
            return null;
        return agent.Has("Series60/5.0") ? new Product("Nokia Browser", "7.0") : agent.ProductAfter("Series60", "Nokia OSS Browser");
    }

    private static Product? FirefoxOnOtherEngines(AgentText agent) =>
        agent.ProductAfter("FxiOS", "Firefox iOS")
        ?? agent.ProductAfter("Focus/", "Firefox Focus")
        ?? agent.ProductAfter("Klar/", "Firefox Klar")
        ?? agent.ProductAfter("CriOS", "Chrome Mobile iOS")
        ?? agent.ProductAfter("CrMo", "Chrome Mobile");

    private static Product? InternetExplorer(AgentText agent)
    {
        // With the date of Gecko in it, the claim to be IE is a disguise for some old page.
        if (agent.Has(") Gecko/"))
            return null;
        if (agent.Has("IEMobile") || agent.Has("MSIEMobile"))
            return agent.ProductAfter("IEMobile", "IE Mobile") ?? agent.ProductAfter("MSIEMobile", "IE Mobile");
        if (agent.HasAny("XBLWP7", "ZuneWP7"))
            return agent.ProductAfter("MSIE", agent.Has("XBLWP7") ? "IE Large Screen" : "IE Mobile");

        // In compatibility view the MSIE token lies; the engine does not.
        if (agent.VersionAfter("Trident") is { } trident)
        {
            var version = trident[0] switch
            {
                '7' or '8' => "11.0",
                '6' => "10.0",
                '5' => "9.0",
                '4' => "8.0",
                _ => null,
            };
            if (version is not null && IeShell(agent) is null)
                return new Product("IE", version);
        }
        return IeShell(agent) ?? agent.ProductAfter("MSIE", "IE") ?? agent.ProductAfter("Microsoft Internet Explorer", "IE");
    }

    private static Product? IeShell(AgentText agent) =>
        (agent.Has("AOLBuild") ? agent.ProductAfter("AOL", "AOL") : null)
        ?? agent.ProductAfter("iRider", "iRider")
        ?? (agent.HasWord("MyIE2") ? new Product("MyIE2") : null)
        ?? (agent.HasWord("Maxthon") ? new Product("Maxthon") : null)
        ?? (agent.Has("Avant Browser") ? agent.ProductAfter("Avant Browser", "Avant") ?? new Product("Avant") : null)
        ?? agent.ProductAfter("chromeframe", "Chrome Frame");

    private static Product? Gecko(AgentText agent, Product? platform)
    {
        if (!agent.HasAny("Gecko/", "Firefox", "rv:"))
            return null;
        if (agent.Has("Fennec"))
            return agent.ProductAfter("Fennec", "Firefox Mobile");
        if (FromRules(agent, BrowserRules.GeckoTokens) is { } derived)
            return HasDate(derived) ? agent.ProductAfter("Firefox", derived.Family) ?? derived : derived;
        if (agent.VersionAfter("Firefox") is not { } version)
            return null;
        if (agent.HasAny("Mobile;", "Tablet;") || platform?.Family is "Android" or "Firefox OS" or "KaiOS")
            return new Product("Firefox Mobile", version);
        return new Product(Prerelease(agent.Text, version), version);
    }

    // The date of the build in place of a version: what it is a build of is said by Firefox's number.
    private static bool HasDate(Product product) => product.Version.Length == 8 && !product.Version.Contains('.', StringComparison.Ordinal);

    private static string Prerelease(string text, string version)
    {
        var after = text.LastIndexOf("/" + version, StringComparison.Ordinal) + version.Length + 1;
        return after > version.Length && after < text.Length && text[after] == 'b' ? "Firefox Beta"
            : after > version.Length && after < text.Length && text[after] == 'a' ? "Firefox Alpha"
            : "Firefox";
    }

    private static Product? ChromeAndKin(AgentText agent)
    {
        if (agent.ProductAfter("Chromium", "Chromium") is { } chromium)
            return chromium;
        if (agent.VersionAfter("Chrome") is not { } version)
            return null;
        if (agent.Has("; wv)") || (agent.Has("Version/") && agent.Has("Android")))
            return new Product("Chrome Mobile WebView", version);
        return new Product(agent.HasWord("Mobile") ? "Chrome Mobile" : "Chrome", version);
    }

    private static Product? AndroidAndSafari(AgentText agent, Product? platform)
    {
        if (!agent.Has("AppleWebKit"))
            return null;
        if (platform?.Family == "Android")
            return new Product("Android", platform.Version);
        if (platform?.Family == "iOS")
        {
            return agent.Has("Safari")
                ? agent.ProductAfter("Version", "Mobile Safari") ?? new Product("Mobile Safari")
                : new Product("Mobile Safari UI/WKWebView");
        }
        if (agent.Has("Safari") && agent.Has("Version/") && platform?.Family is ("Windows" or "Mac OS X") && IsUnreleasedWebKit(agent))
            return agent.ProductAfter("AppleWebKit", "WebKit Nightly");
        if (agent.Has("Safari"))
            return agent.ProductAfter("Version", "Safari") ?? new Product("Safari");

        // Nothing but the engine on a Mac: that is how Apple Mail loads pictures.
        return agent.Has("Macintosh") && agent.Text.EndsWith("(KHTML, like Gecko)", StringComparison.Ordinal) ? agent.ProductAfter("AppleWebKit", "Apple Mail") : null;
    }

    // A plus sign behind the number marks what was built from the source after that release.
    private static bool IsUnreleasedWebKit(AgentText agent)
    {
        var engine = agent.Text.IndexOf("AppleWebKit/", StringComparison.Ordinal);
        var end = engine < 0 ? -1 : agent.Text.IndexOf(' ', engine);
        return end > 0 && agent.Text[end - 1] == '+';
    }
}
