namespace ClosedLoop.Conformance;

/// <summary>Which families of the case files are browsers that people use on desktops, phones and tablets, and which systems run on those.</summary>
internal static class UserAgentFamilies
{
    /// <summary>What the case files call a header they know nothing about.</summary>
    public const string Other = "Other";

    /// <summary>These must be named exactly. All other families are robots, libraries, apps or televisions, for which <c>unknown</c> is right too.</summary>
    public static readonly HashSet<string> Browsers = new(StringComparer.Ordinal)
    {
        "115 Browser", "AOL", "AOL Desktop Gold Browser", "Aloha Browser", "Amazon Silk", "Android", "Arora", "Atom Browser", "Avant", "Avira", "BOLT", "Baidu Browser", "Baidu Explorer",
        "Basilisk", "BlackBerry", "BlackBerry WebKit", "Bon Echo", "Brave", "Bunjalloo", "CCleaner", "Camino", "Chrome", "Chrome Frame", "Chrome Mobile", "Chrome Mobile WebView",
        "Chrome Mobile iOS", "Chromium", "Chromium GOST Browser", "Coc Coc", "Comodo Dragon", "Conkeror", "Crosswalk", "Cyberfox", "Dillo", "Dolfin", "Dolphin", "DuckDuckGo", "DuckDuckGo Mobile",
        "ELinks", "Ecosia Android", "Ecosia iOS", "Edge", "Edge Mobile", "Epiphany", "Falkon", "Firebird", "Firefox", "Firefox (Minefield)", "Firefox (Namoroka)", "Firefox (Shiretoko)",
        "Firefox Alpha", "Firefox Beta", "Firefox Focus", "Firefox Klar", "Firefox Mobile", "Firefox iOS", "Flock", "Fluid", "Galeon", "HeyTap Browser", "HiBrowser", "Honor Browser", "Huawei Browser",
        "ICE Browser", "IE", "IE Large Screen", "IE Mobile", "IceCat", "IceDragon", "Iceape", "Iceweasel", "Iris", "Iron", "Jasmine", "JiSu Browser", "K-Meleon", "Kazehakase", "Konqueror", "Ladybird",
        "Links", "Lite Browser", "LuaKit", "Lunascape", "Lynx", "Maxthon", "Midori", "Minimo", "MiuiBrowser", "Mobile Safari", "Mobile Safari UI/WKWebView", "NetFront", "NetSurf", "Netscape", "Nokia Browser",
        "Nokia OSS Browser", "Obigo", "Oculus Browser", "OmniWeb", "Open Wave", "Opera", "Opera Coast", "Opera GX", "Opera Mini", "Opera Mobile", "Opera Tablet", "Opera Touch", "Otter", "Ovi Browser", "Pale Moon",
        "Phoenix", "Polaris", "Puffin", "QQ Browser", "QQ Browser Mini", "QQ Browser Mobile", "QupZilla", "RockMelt", "SEMC-Browser", "Safari", "Samsung Internet", "SeaMonkey", "Seznam prohlížeč", "Shiira",
        "Skyfire", "Sleipnir", "Smart Lenovo Browser", "Sogou Explorer", "Sparrow Browser", "Sunrise", "Swiftfox", "TeaShark", "TenFourFox", "UC Browser", "UP.Browser", "Vivaldi", "Waterfox", "Whale",
        "Yandex Browser", "iCab", "mDolphin", "qutebrowser", "rekonq", "w3m", "webOS Browser",
    };

    /// <summary>Systems of televisions, loudspeakers, watches and feature phones without a shop for programs, for which <c>unknown</c> is right too.</summary>
    public static readonly HashSet<string> SystemsElsewhere = new(StringComparer.Ordinal)
    {
        "ATV OS X", "Brew MP", "Chromecast", "Chromecast Android", "Chromecast Fuchsia", "Chromecast Linux", "Chromecast SmartSpeaker", "GoogleTV", "LG", "Panasonic", "Philips", "Roku", "Samsung", "Sharp", "Sony",
        "BREW", "FireHbbTV", "FRITZ!OS", "Nokia Series 30 Plus", "VRE", "WatchOS", "Web0S", "WebTV", "tvOS",
    };

    private static readonly string[] Systems = ["Windows", "Mac OS X", "iOS", "Linux", "Windows Phone", "Symbian OS", "Ubuntu", "FreeBSD", "Chrome OS"];

    /// <summary>Tells a file about operating systems from one about browsers: no browser is called Windows or Linux.</summary>
    public static bool AreSystems(IEnumerable<UserAgentCase> cases) => cases.Count(one => Systems.Contains(one.Family)) * 4 > cases.Count();
}
