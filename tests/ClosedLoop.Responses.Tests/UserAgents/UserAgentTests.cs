using ClosedLoop.Responses.UserAgents;

namespace ClosedLoop.Responses.Tests.UserAgents;

public class UserAgentTests
{
    private const string Blink = "AppleWebKit/537.36 (KHTML, like Gecko)";
    private const string WindowsChrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) " + Blink + " Chrome/126.0.0.0";
    private const string AndroidChrome = "Mozilla/5.0 (Linux; Android 14; Pixel 8) " + Blink + " Chrome/126.0.6478.72 Mobile";
    private const string IPhone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";

    [Theory]

    // Desktop.
    [InlineData(WindowsChrome + " Safari/537.36", "Chrome 126.0", "Windows 10", "Desktop")]
    [InlineData(WindowsChrome + " Safari/537.36 Edg/126.0.2592.68", "Edge 126.0", "Windows 10", "Desktop")]
    [InlineData(WindowsChrome + " Safari/537.36 OPR/111.0.0.0", "Opera 111.0", "Windows 10", "Desktop")]
    [InlineData(WindowsChrome + " Safari/537.36 Vivaldi/6.8.3381.44", "Vivaldi 6.8", "Windows 10", "Desktop")]
    [InlineData(WindowsChrome + " YaBrowser/24.6.0 Yowser/2.5 Safari/537.36", "Yandex Browser 24.6", "Windows 10", "Desktop")]
    [InlineData(WindowsChrome + " Whale/3.26.244.21 Safari/537.36", "Whale 3.26", "Windows 10", "Desktop")]
    [InlineData(WindowsChrome + " Safari/537.36 SE 2.X MetaSr 1.0", "Sogou Explorer 1.0", "Windows 10", "Desktop")]
    [InlineData(WindowsChrome + " Safari/537.36 Example/9.1.2", "Example 9.1", "Windows 10", "Desktop")]
    [InlineData(WindowsChrome + " ExampleBrowser/9.1 Safari/537.36", "Example Browser 9.1", "Windows 10", "Desktop")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox 128.0", "Windows 10", "Desktop")]
    [InlineData("Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox 127.0", "Ubuntu", "Desktop")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:24.0) Gecko/20140429 Firefox/24.0 Iceweasel/24.5.0", "Iceweasel 24.5", "Linux", "Desktop")]
    [InlineData("Mozilla/5.0 (Windows NT 6.1; rv:52.0) Gecko/20100101 Firefox/52.0 SeaMonkey/2.49.4", "SeaMonkey 2.49", "Windows 7", "Desktop")]
    [InlineData("Mozilla/5.0 (Macintosh; U; PPC Mac OS X 10.5; en; rv:1.9.0.19) Gecko/2010051911 Camino/2.0.3 (like Firefox/3.0.19)", "Camino 2.0", "Mac OS X 10.5", "Desktop")]
    [InlineData("Mozilla/5.0 (X11; U; Linux x86_64; en; rv:1.9.0.8) Gecko/20080528 Fedora/2.24.3-4.fc10 Epiphany/2.22 Firefox/3.0", "Epiphany 2.22", "Fedora 10", "Desktop")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15", "Safari 17.5", "Mac OS X 10.15.7", "Desktop")]
    [InlineData("Mozilla/5.0 (Windows NT 6.3; Trident/7.0; rv:11.0) like Gecko", "IE 11.0", "Windows 8.1", "Desktop")]
    [InlineData("Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 5.1; Trident/4.0)", "IE 8.0", "Windows XP", "Desktop")]
    [InlineData("Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 6.0)", "IE 7.0", "Windows Vista", "Desktop")]
    [InlineData("Mozilla/4.0 (compatible; MSIE 6.0; Windows NT 5.1; SV1; (Embedded Web Browser from: http://bsalsa.com/))", "IE 6.0", "Windows XP", "Desktop")]
    [InlineData("Mozilla/4.0 (compatible; MSIE 6.0; Windows NT 5.0; en) Opera 8.54", "Opera 8.54", "Windows 2000", "Desktop")]
    [InlineData("Opera/9.80 (Windows NT 6.1; U; de) Presto/2.10.229 Version/11.62", "Opera 11.62", "Windows 7", "Desktop")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Ubuntu Chromium/80.0.3987.87 Chrome/80.0.3987.87 Safari/537.36", "Chromium 80.0", "Ubuntu", "Desktop")]
    [InlineData("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) " + Blink + " Chrome/125.0.0.0 Safari/537.36", "Chrome 125.0", "Chrome OS 14541.0.0", "Desktop")]
    [InlineData("Mozilla/5.0 (compatible; Konqueror/4.5; FreeBSD) KHTML/4.5.4 (like Gecko)", "Konqueror 4.5", "FreeBSD", "Desktop")]
    [InlineData("Mozilla/5.0 (X11; OpenBSD amd64; rv:115.0) Gecko/20100101 Firefox/115.0", "Firefox 115.0", "OpenBSD", "Desktop")]
    [InlineData("Lynx/2.8.9rel.1 libwww-FM/2.14 SSL-MM/1.4.1", "Lynx 2.8", "unknown", "unknown")]

    // Phones and tablets.
    [InlineData(AndroidChrome + " Safari/537.36", "Chrome Mobile 126.0", "Android 14", "Mobile")]
    [InlineData("Mozilla/5.0 (Linux; Android 13; SM-X700) " + Blink + " Chrome/126.0.0.0 Safari/537.36", "Chrome 126.0", "Android 13", "Tablet")]
    [InlineData("Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/AP1A; wv) " + Blink + " Version/4.0 Chrome/126.0.6478.72 Mobile Safari/537.36", "Chrome Mobile WebView 126.0", "Android 14", "Mobile")]
    [InlineData("Mozilla/5.0 (Linux; Android 14; SAMSUNG SM-S918B) " + Blink + " SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36", "Samsung Internet 25.0", "Android 14", "Mobile")]
    [InlineData(AndroidChrome + " Safari/537.36 OPR/82.4.4342", "Opera Mobile 82.4", "Android 14", "Mobile")]
    [InlineData(AndroidChrome + " Safari/537.36 EdgA/126.0.2592.56", "Edge Mobile 126.0", "Android 14", "Mobile")]
    [InlineData("Mozilla/5.0 (Linux; U; Android 12; en-US; M2101) " + Blink + " Version/4.0 Chrome/78.0 UCBrowser/13.4.0.1306 Mobile Safari/537.36", "UC Browser 13.4", "Android 12", "Mobile")]
    [InlineData("Mozilla/5.0 (Linux; U; Android 12; zh-cn; M2101) " + Blink + " Version/4.0 Chrome/100.0 Mobile Safari/537.36 XiaoMi/MiuiBrowser/17.1.8", "MiuiBrowser 17.1", "Android 12", "Mobile")]
    [InlineData("Mozilla/5.0 (Android 14; Mobile; rv:127.0) Gecko/127.0 Firefox/127.0", "Firefox Mobile 127.0", "Android 14", "Mobile")]
    [InlineData("Mozilla/5.0 (Android 13; Tablet; rv:127.0) Gecko/127.0 Firefox/127.0", "Firefox Mobile 127.0", "Android 13", "Tablet")]
    [InlineData("Mozilla/5.0 (Linux; U; Android 2.2; de-de; HTC Desire Build/FRF91) AppleWebKit/533.1 (KHTML, like Gecko) Version/4.0 Mobile Safari/533.1", "Android 2.2", "Android 2.2", "Mobile")]
    [InlineData("Mozilla/5.0 (Linux; Android 9; KFMAWI) " + Blink + " Silk/120.4.1 like Chrome/120.0.6099.230 Safari/537.36", "Amazon Silk 120.4", "Android 9", "Tablet")]
    [InlineData("Mozilla/5.0 (Linux; Android 9; CUBOT_X19) " + Blink + " Chrome/126.0.0.0 Mobile Safari/537.36", "Chrome Mobile 126.0", "Android 9", "Mobile")]
    [InlineData(IPhone + " Version/17.5 Mobile/15E148 Safari/604.1", "Mobile Safari 17.5", "iOS 17.5", "Mobile")]
    [InlineData(IPhone + " CriOS/126.0.6478.54 Mobile/15E148 Safari/604.1", "Chrome Mobile iOS 126.0", "iOS 17.5", "Mobile")]
    [InlineData(IPhone + " FxiOS/127.1 Mobile/15E148 Safari/605.1.15", "Firefox iOS 127.1", "iOS 17.5", "Mobile")]
    [InlineData(IPhone + " Mobile/15E148", "Mobile Safari UI/WKWebView", "iOS 17.5", "Mobile")]
    [InlineData(IPhone + " Mobile/15E148 Instagram 337.0.0.29.77 (iPhone14,5; iOS 17_5; de_DE)", "Instagram 337.0", "iOS 17.5", "Mobile")]
    [InlineData(IPhone + " Mobile/21F79 [FBAN/FBIOS;FBAV/468.0.0.32.112;FBBV/1;FBDV/iPhone14,5;FBSN/iOS;FBSV/17.5]", "Facebook 468.0", "iOS 17.5", "Mobile")]
    [InlineData("Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1", "Mobile Safari 16.6", "iOS 16.6", "Tablet")]
    [InlineData("Mozilla/5.0 (Mobile; Windows Phone 8.1; Android 4.0; ARM; Trident/7.0; Touch; rv:11.0; IEMobile/11.0; NOKIA; Lumia 630) like iPhone OS 7_0_3 Mac OS X AppleWebKit/537 (KHTML, like Gecko) Mobile Safari/537", "IE Mobile 11.0", "Windows Phone 8.1", "Mobile")]
    [InlineData("Mozilla/5.0 (BB10; Touch) AppleWebKit/537.35+ (KHTML, like Gecko) Version/10.3.3.2205 Mobile Safari/537.35+", "BlackBerry WebKit 10.3", "BlackBerry OS 10.3.3", "Mobile")]
    [InlineData("Mozilla/5.0 (PlayBook; U; RIM Tablet OS 2.1.0; en-US) AppleWebKit/536.2+ (KHTML, like Gecko) Version/7.2.1.0 Safari/536.2+", "BlackBerry WebKit 7.2", "BlackBerry Tablet OS 2.1.0", "Tablet")]
    [InlineData("Mozilla/5.0 (Mobile; Nokia_8110_4G; rv:48.0) Gecko/48.0 Firefox/48.0 KAIOS/2.5", "Firefox Mobile 48.0", "KaiOS 2.5", "Mobile")]
    [InlineData("Opera/9.80 (J2ME/MIDP; Opera Mini/5.1.21214/28.2725; U; en) Presto/2.8.119 Version/11.10", "Opera Mini 5.1", "unknown", "unknown")]
    [InlineData("Mozilla/5.0 (webOS/1.4.5; U; de-DE) AppleWebKit/532.2 (KHTML, like Gecko) Version/1.0 Safari/532.2 Pre/1.1", "webOS Browser 1.4", "webOS 1.4.5", "Mobile")]

    // Mail.
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.1.0", "Thunderbird 128.1", "Linux", "Desktop")]
    [InlineData("Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17628; Pro)", "Outlook 2016", "Windows 10", "Desktop")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)", "Apple Mail 605.1", "Mac OS X 10.15.7", "Desktop")]
    [InlineData("Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)", "GmailImageProxy", "unknown", "unknown")]
    [InlineData("YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html", "YahooMailProxy", "unknown", "unknown")]

    // Nobody.
    [InlineData("Mozilla/5.0 (compatible; ExampleBot/2.1; +http://www.example.org/bot.html)", "unknown", "unknown", "unknown")]
    [InlineData("Mozilla/5.0", "unknown", "unknown", "unknown")]
    [InlineData("curl/8.8.0", "unknown", "unknown", "unknown")]
    [InlineData("", "unknown", "unknown", "unknown")]
    [InlineData(null, "unknown", "unknown", "unknown")]
    public void Headers_are_told_apart(string? header, string browser, string platform, string device) =>
        Assert.Equal(new UserAgent(browser, platform, device), UserAgent.Parse(header));

    [Fact]
    public void Any_text_is_answered()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        string[] pieces =
        [
            "Mozilla/5.0", " (", ")", "/", ".", ";", " ", "1", "99", "_", "Chrome/", "Opera", "Opera/", "Version/", "musical_ly_2020000000", "musical_ly_202", "Trident/", "MSIE ", "NetCast ", "HbbTV",
            "BlackBerry", "Darwin/", "CFNetwork/", "CrOS ", "Android", "iPhone OS ", "bot", "é", "\0", "[FBAN/", "FBAV/", "Firefox/", "Gecko/", "like Gecko)", "Windows NT ", "Mac OS X ", "mdv", "CrKey/", "Brave",
        ];
        for (var i = 0; i < 20_000; i++)
        {
            var header = string.Concat(Enumerable.Range(0, random.Next(1, 20)).Select(_ => pieces[random.Next(pieces.Length)]));
            var fault = Record.Exception(() => UserAgent.Parse(header));
            Assert.True(fault is null, $"seed {seed}: '{header}': {fault}");
        }
    }

    [Fact]
    public void What_comes_after_the_longest_header_is_ignored()
    {
        var header = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0".PadRight(UserAgent.MaxLength);
        Assert.Equal("Firefox 128.0", UserAgent.Parse(header + "bot").Browser);
        Assert.Equal("unknown", UserAgent.Parse(header[..^4] + " bot").Browser);
    }

    [Fact]
    public void The_cache_is_bounded_and_keeps_what_is_used()
    {
        var resolved = new List<string>();
        var cache = new UserAgentCache(100, header =>
        {
            resolved.Add(header);
            return new UserAgent(header, "", "");
        });
        for (var i = 0; i < 5000; i++)
        {
            Assert.Equal("often", cache.Get("often").Browser);
            cache.Get($"once {i}");
        }
        Assert.InRange(cache.Count, 100, 210);
        Assert.Single(resolved, "often");
    }
}
