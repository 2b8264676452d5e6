using ClosedLoop.Responses.UserAgents;

namespace ClosedLoop.Responses.Tests.UserAgents;

/// <summary>What a header with a name that nobody knows, or a known one in an unusual form, comes out as.</summary>
public class ForeignProductTests
{
    private const string Blink = "AppleWebKit/537.36 (KHTML, like Gecko)";
    private const string Windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) " + Blink + " Chrome/126.0.0.0";
    private const string Android = "Mozilla/5.0 (Linux; Android 14; Pixel 8) " + Blink + " Chrome/126.0.6478.72 Mobile Safari/537.36";
    private const string IPhone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
    private const string Gecko = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:115.0) Gecko/20100101 Firefox/115.0";

    [Theory]

    // A browser on a desktop keeps the name it gives itself; on phones only what calls itself a browser does.
    [InlineData(Windows + " Safari/537.36 Example/9.1.2", "Example 9.1")]
    [InlineData(Windows + " ExampleBrowser/9.1 Safari/537.36", "Example Browser 9.1")]
    [InlineData(Windows + " Safari/537.36 com.example.reader/9.1", "unknown")]
    [InlineData(Android + " ExampleBrowser/9.1", "Example Browser 9.1")]
    [InlineData(Android + " Example/9.1", "unknown")]
    [InlineData(Android + " Example/android/9.1.2", "unknown")]
    [InlineData(IPhone + " Mobile/15E148 Example/9.1", "unknown")]
    [InlineData(IPhone + " Mobile/15E148 Example", "unknown")]
    [InlineData(Android + " (kept 1/2 here)", "Chrome Mobile 126.0")]

    // A program on Electron is one; Electron is named where the program is not.
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) " + Blink + " example/2.1.0 Chrome/120.0.6099.56 Electron/28.0.0 Safari/537.36", "unknown")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) " + Blink + " Chrome/120.0.6099.56 Electron/28.0.0 Safari/537.36", "Electron 28.0")]

    // Televisions.
    [InlineData("Mozilla/5.0 (SMART-TV; Linux) " + Blink + " Example/3.0 Chrome/120.0.0.0 Safari/537.36", "unknown")]

    // Known ones by a word only, or by a name in another form.
    [InlineData(Windows + " Safari/537.36 QIHU 360SE", "360 Secure Browser")]
    [InlineData(Windows + " Iron Safari/537.36", "Iron 126.0")]
    [InlineData(Windows + " Safari/537.36 Nobodyknows", "unknown")]
    [InlineData(Windows + " Safari/537.36 Avast/126.0.25496.127", "Avast Secure Browser 126.0")]
    [InlineData(IPhone + " AvastSecureBrowser/6.1 Mobile/15E148 Version/17.0 Safari/605.1.15", "Avast Secure Browser 6.1")]
    [InlineData(Android + " VivoBrowser/14.2.3.0", "VivoBrowser 14.2")]
    [InlineData("Mozilla/5.0 (Linux; U; Android 4.2; de-de; X) AppleWebKit/534.30 (KHTML, like Gecko) Version/4.0 Mobile Safari/534.30 DolphinHDCN/8.1", "Dolphin 8.1")]
    [InlineData("Mozilla/5.0 (Linux; Android 13; X) " + Blink + " Chrome/115.0.5790.168 UCMobile/15.1.2.1 Mobile Safari/537.36", "UC Browser 15.1")]
    [InlineData("UCWEB/2.0 (Linux; U; Opera Mini/7.1.3/3; en-US; X) U2/1.0.0 UCBrowser/9.9.1.3 Mobile", "UC Browser 9.9")]
    [InlineData(IPhone + " Mobile/15E148 baiduboxapp/13.2.0.10 (Baidu; P2 17.5)", "Baidu Explorer 13.2")]
    [InlineData("Mozilla/5.0 (Linux; Android 14; K) " + Blink + " Chrome/126.0.0.0 Safari/537.36 Telegram-Android/11.1.3 (X; Android 14; SDK 34; HIGH)", "Telegram 11.1")]

    // Words that are names of phones, too.
    [InlineData("Mozilla/5.0 (Linux; Android 14; motorola edge 50) " + Blink + " Chrome/126.0.6478.72 Mobile Safari/537.36", "Chrome Mobile 126.0")]
    [InlineData("Mozilla/5.0 (Linux; Android 4.4.2; Iris 50 Build/KOT49H) " + Blink + " Chrome/60.0.3112.116 Mobile Safari/537.36", "Chrome Mobile 60.0")]
    [InlineData("Mozilla/5.0 (Linux; Android 8.1; Focus 2) " + Blink + " Chrome/90.0.4430.91 Mobile Safari/537.36", "Chrome Mobile 90.0")]

    // Built on Gecko.
    [InlineData(Gecko + " Mypal/74.0.1", "Mypal Browser 74.0")]
    [InlineData(Gecko + " LibreWolf/115.0-2", "LibreWolf 115.0")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:68.0) Gecko/20100101 Goanna/4.8 Firefox/68.0 Basilisk/20210203", "Basilisk 68.0")]
    [InlineData("Mozilla/5.0 (Linux; U; Sailfish 4.4; Mobile; rv:78.0) Gecko/78.0 Firefox/78.0 SailfishBrowser/1.0", "Sailfish Browser 1.0")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; compatible; MSIE 6.0) Gecko/20100101 Firefox/115.0", "Firefox 115.0")]

    // Built on WebKit after its last release.
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_9) AppleWebKit/538.4+ (KHTML, like Gecko) Version/7.0 Safari/537.71", "WebKit Nightly 538.4")]

    // Built into IE.
    [InlineData("Mozilla/4.0 (compatible; MSIE 6.0; Windows NT 5.1; SV1; Maxthon; .NET CLR 1.1.4322)", "Maxthon")]
    [InlineData("Mozilla/4.0 (compatible; MSIE 6.0; AOL 7.0; Windows NT 5.1)", "IE 6.0")]
    [InlineData("Mozilla/5.0 (compatible; MSIE 9.0; AOL 9.7; AOLBuild 4343.27; Windows NT 6.1; Trident/5.0)", "AOL 9.7")]

    // Consoles and feature phones.
    [InlineData("Mozilla/5.0 (PlayStation Vita 3.65) AppleWebKit/537.73 (KHTML, like Gecko) Silk/3.2", "NetFront NX")]
    [InlineData("Mozilla/5.0 (New Nintendo 3DS like iPhone) AppleWebKit/536.30 (KHTML, like Gecko) NX/3.0.0.5.23 Mobile NintendoBrowser/1.10.10166.EU", "NetFront NX 3.0")]
    [InlineData("LG-GD510/V1.0 Browser/Obigo-Q7.1 Java/ASVM/1.0 Profile/MIDP-2.1 Configuration/CLDC-1.1", "Obigo 7.1")]
    [InlineData("SAMSUNG-X/1.0 Openwave/6.2.3 Profile/MIDP-2.0 UP.Browser/6.2.3.3.c.1.101 (GUI)", "Openwave 6.2")]

    // Programs that watch or search and borrow the header of Chrome or show no address.
    [InlineData("Mozilla/5.0 (compatible; Windows NT 6.1; Example) " + Blink + " Chrome/126.0.0.0 Safari/537.36", "unknown")]
    [InlineData(Android + " (compatible; Example/1.0;)", "unknown")]
    [InlineData(Windows + " Safari/537.36 (StatusCake)", "unknown")]
    [InlineData("Mozilla/4.0 (compatible; MSIE 6.0; Windows NT 5.1; Example Toolbar http://www.example.org)", "IE 6.0")]
    public void Browsers_are_named_and_programs_are_not(string header, string browser) => Assert.Equal(browser, UserAgent.Parse(header).Browser);
}
