using ClosedLoop.Responses.UserAgents;

namespace ClosedLoop.Responses.Tests.UserAgents;

/// <summary>The forms that programs other than the great browsers write the system in.</summary>
public class PlatformTests
{
    [Theory]

    // Apple's own names in the forms of apps.
    [InlineData("Mozilla/5.0 (iPhone; U; CPU iPhone 7_1_2 like Mac OS X; de-de) AppleWebKit/528.18 (KHTML, like Gecko) Mobile/7E18", "iOS 7.1.2")]
    [InlineData("Mozilla/5.0 (iPhone; CPU IPhone OS 9_3_1 Like Mac OS X) AppleWebKit/601.1 (KHTML, Like Gecko) Mobile/13E238", "iOS 9.3.1")]
    [InlineData("example [iPhone OS,9.3,13E233,iPhone8,1]", "iOS 9.3")]
    [InlineData("Example/2.1 (iPhone/12.4.1; iPhone OS; de_DE;)", "iOS 12.4.1")]
    [InlineData("UCWEB/2.0 (iOS; U; iPad OS 8_1_2; en-US; iPad4,1) U2/1.0.0 UCBrowser/9.0.0.260 U2/1.0.0 Mobile", "iOS 8.1.2")]
    [InlineData("Example/2.0 (Macintosh; OS X 10.11.6; 15G31) AppleWebKit/601.7", "Mac OS X 10.11.6")]
    [InlineData("Mozilla/5.0 (Macintosh; U; MacOS X 10_12_6; en-US)", "Mac OS X 10.12.6")]

    // The kernel's and the library's numbers.
    [InlineData("Example/1 CFNetwork/720.5.7 Darwin/14.5.0 (x86_64)", "Mac OS X 10.10.5")]
    [InlineData("Example/1 CFNetwork/720.2.4 Darwin/14.1.0 (x86_64)", "Mac OS X 10.10.2")]
    [InlineData("Example/1 CFNetwork/720.0.9 Darwin/14.0.0 (x86_64)", "Mac OS X 10.10")]
    [InlineData("Example/1 CFNetwork/673.5 Darwin/13.4.0 (x86_64)", "Mac OS X 10.9.4")]
    [InlineData("Example/1 CFNetwork/1240.0.4 Darwin/20.6.0 (x86_64)", "Mac OS X 11")]
    [InlineData("Example/1 CFNetwork/548.0.4 Darwin/11.0.0", "iOS 5.0.1")]
    [InlineData("Example/1 CFNetwork/672.1.15 Darwin/14.0.0", "iOS 7.1.2")]
    [InlineData("Example/1 CFNetwork/808.2.16 Darwin/16.3.0", "iOS 10.2")]
    [InlineData("Example/1 CFNetwork/808.3 Darwin/16.3.0", "iOS 10.2.1")]
    [InlineData("Example/1 CFNetwork/1494.0.7 Darwin/23.4.0", "iOS 17.4")]

    // Windows by its product's name.
    [InlineData("Example/5.1 (Microsoft Windows 10 Pro , 64-bit) Mozilla/5.0 (Windows NT 6.2; Win64; x64; Trident/7.0; rv:11.0) like Gecko", "Windows 10")]
    [InlineData("Example Sync/4.1;Windows/8.1;x86 Family 6", "Windows 8.1")]
    [InlineData("UCWEB/2.0 (Windows; U; wds 8.10; de-DE; NOKIA; RM-910) U2/1.0.0 UCBrowser/3.0.1.302 U2/1.0.0 Mobile", "Windows Phone 8.10")]

    // Linux and its kin.
    [InlineData("Mozilla/5.0 (compatible; Konqueror/3.5; Linux 2.6.12-gentoo-r6; X11; i686)", "Gentoo 2.6.12")]
    [InlineData("Mozilla/5.0 (X11; U; Linux i686; de; rv:1.9.1.5) Gecko/20091109 Example Linux/1.9.1.5-0.1 (12) Firefox/3.5.5", "Linux")]
    [InlineData("Wget/1.20 (freebsd12.1)", "FreeBSD 12.1")]
    [InlineData("Mozilla/5.0 (X11; Windows x86_64 13020.82.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/83.0.4103.119 Safari/537.36 CitrixChromeApp", "Chrome OS 13020.82.0")]
    [InlineData("Mozilla/5.0 (Linux; U; Sailfish 4.4; Mobile; rv:78.0) Gecko/78.0 Firefox/78.0 SailfishBrowser/1.0", "Sailfish 4.4")]

    // Phones.
    [InlineData("Mozilla/5.0 (Mobile; rv:84.0) Gecko/84.0 Firefox/84.0 KaiOS/3.1", "KaiOS 3.1")]
    [InlineData("JUC(Linux;U;4.1.2;Zh_cn;X;720*1280;)UCWEB7.9.3.103/139/999", "Android 4.1.2")]
    [InlineData("Mozilla/5.0 (Android) Example-android/3.30.0", "Android")]
    [InlineData("Mozilla/4.0 (BREW 3.1.2; U; de-de; X; NetFront/3.5.1/AMB)", "BREW 3.1.2")]
    [InlineData("Mozilla/5.0 (Symbian/3; Series60/5.2 NokiaC7-00/1.0; Profile/MIDP-2.1) AppleWebKit/533.4 (KHTML, like Gecko) NokiaBrowser/7.3.1 Mobile Safari/533.4", "Symbian^3 Anna")]
    [InlineData("Mozilla/5.0 (Symbian/3; Series60/5.2 NokiaC7-00/1.0; Profile/MIDP-2.1) AppleWebKit/525 (KHTML, like Gecko) Version/3.0 BrowserNG/7.2.6", "Symbian^3")]

    // Consoles and televisions.
    [InlineData("Mozilla/5.0 (PlayStation Vita 3.65) AppleWebKit/537.73 (KHTML, like Gecko) Silk/3.2", "unknown")]
    [InlineData("Opera/9.80 (Linux armv7l; HbbTV/1.2.1 (; Philips; X; ; ; ) CE-HTML/1.0 NETTV/4.2) Presto/2.12 Version/12.11", "unknown")]
    public void Systems_are_told_apart(string header, string platform) => Assert.Equal(platform, UserAgent.Parse(header).Platform);

    [Theory]
    [InlineData("Mozilla/5.0 (Linux; U; Sailfish 4.4; Mobile; rv:78.0) Gecko/78.0 Firefox/78.0 SailfishBrowser/1.0", "Mobile")]
    [InlineData("Mozilla/4.0 (BREW 3.1.2; U; de-de; X; NetFront/3.5.1/AMB)", "Mobile")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Example/9.1", "Mobile")]
    [InlineData("Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Example/9.1", "Tablet")]
    [InlineData("Mozilla/5.0 (Linux; U; en-US) AppleWebKit/528.5+ (KHTML, like Gecko, Safari/528.5+) Version/4.0 Kindle/3.0 (screen 600x800; rotate)", "Tablet")]
    [InlineData("Mozilla/5.0 (New Nintendo 3DS like iPhone) AppleWebKit/536.30 (KHTML, like Gecko) NX/3.0.0.5.23 Mobile NintendoBrowser/1.10.10166.EU", "unknown")]
    [InlineData("Mozilla/5.0 (Linux; GoogleTV 3.2) AppleWebKit/534.24 (KHTML, like Gecko) Chrome/11.0.696.77 Safari/534.24", "unknown")]
    public void Devices_are_told_apart(string header, string device) => Assert.Equal(device, UserAgent.Parse(header).Device);
}
