namespace ClosedLoop.Conformance;

/// <summary>Which families of the case files are browsers that people use on desktops, phones and tablets, and which systems run on those.</summary>
internal static class UserAgentFamilies
{
    /// <summary>What the case files call a header they know nothing about.</summary>
    public const string Other = "Other";

    /// <summary>
    /// These must be named exactly: every browser for desktops, phones, tablets and consoles that runs on its own. All other families are robots,
    /// libraries, mail programs, apps that show pages, frameworks for such apps, browsers of televisions and of feature phones that nobody makes any more;
    /// for them <c>unknown</c> is right too. Any other name is wrong for every family.
    /// </summary>
    public static readonly HashSet<string> Browsers = new(StringComparer.Ordinal)
    {
        "115 Browser", "360 Secure Browser", "AOL", "AOL Desktop Gold Browser", "AOL Shield Browser", "AVG", "Aloha Browser", "Amazon Silk", "Android", "Arora", "Atom Browser", "Avant",
        "Avast Secure Browser", "Avira", "BOLT", "Baidu Browser", "Baidu Explorer", "Basilisk", "BlackBerry", "BlackBerry WebKit", "Bon Echo", "Brave", "Bunjalloo", "CCleaner", "Camino",
        "Chimera", "Chrome", "Chrome Frame", "Chrome Mobile", "Chrome Mobile WebView", "Chrome Mobile iOS", "Chromium", "Chromium GOST Browser", "Coc Coc", "Comodo Dragon", "Conkeror",
        "Craving Explorer Browser", "Crazy Browser", "Crosswalk", "Cyberfox", "Decentr Web3 Browser", "Dillo", "Dolfin", "Dolphin", "Dragon", "DuckDuckGo", "DuckDuckGo Mobile", "ELinks",
        "Ecosia Android", "Ecosia iOS", "Edge", "Edge Mobile", "Epiphany", "Falkon", "Firefox", "Firefox (Minefield)", "Firefox (Namoroka)", "Firefox (Shiretoko)", "Firefox Alpha",
        "Firefox Beta", "Firefox Focus", "Firefox Klar", "Firefox Mobile", "Firefox iOS", "Flock", "Floorp", "Fluid", "Galeon", "GranParadiso", "HeyTap Browser", "HiBrowser", "Hola Browser",
        "Honor Browser", "Huawei Browser", "ICE Browser", "IE", "IE Large Screen", "IE Mobile", "IceCat", "IceDragon", "Iceape", "Iceweasel", "Iris", "Iron", "Jasmine", "JiSu Browser",
        "K-Meleon", "Kazehakase", "Kindle", "Konqueror", "Ladybird", "LibreWolf", "Links", "Lite Browser", "LuaKit", "Lunascape", "Lynx", "Maemo Browser", "Mail.ru Chromium Browser",
        "Maxthon", "MicroB", "Midori", "Minimo", "Mint Browser", "MiuiBrowser", "Mobile Safari", "Mobile Safari UI/WKWebView", "MozillaDeveloperPreview", "MullvadBrowser", "MyIE2",
        "Mypal Browser", "NCSA Mosaic", "NetFront", "NetFront NX", "NetSurf", "Netscape", "Nokia Browser", "Nokia OSS Browser", "Norton", "Obigo", "Oculus Browser", "Odin", "OmniWeb",
        "Open Wave", "Openwave", "Opera", "Opera Coast", "Opera GX", "Opera Mini", "Opera Mobile", "Opera Neon", "Opera Tablet", "Opera Touch", "Otter", "Ovi Browser", "Pale Moon",
        "Phoenix", "Phoenix Browser", "Polaris", "Puffin", "QAX Browser", "QQ Browser", "QQ Browser Mini", "QQ Browser Mobile", "QtCarBrowser", "Quark", "Quark PC", "QupZilla", "Rekonq",
        "RockMelt", "SEMC-Browser", "Safari", "Sailfish Browser", "Samsung Internet", "Sber Browser", "SeaMonkey", "Seznam prohlížeč", "Shiira", "Skyfire", "Sleipnir",
        "Smart Lenovo Browser", "Snowshoe", "Sogou Explorer", "Sparrow Browser", "Sunrise", "Swiftfox", "Sylera", "Talon Cyber Security Browser", "TeaShark", "TenFourFox", "Tenta Browser",
        "UC Browser", "UP.Browser", "Vivaldi", "VivoBrowser", "Waterfox", "WeTab", "WebKit Nightly", "Whale", "Wolvic Browser", "Yandex Browser", "iCab", "iRider", "mDolphin", "qutebrowser",
        "w3m", "webOS Browser",
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
