using System.Globalization;

namespace ClosedLoop.Responses.UserAgents;

internal static partial class PlatformParser
{
    private static Product? AppleDevice(AgentText agent)
    {
        if (agent.HasAny("watchOS", "WatchOS"))
            return agent.ProductAfter("watchOS", "WatchOS") ?? new Product("WatchOS");
        if (agent.HasAny("AppleTV", "Apple TV"))
            return agent.ProductAfter("tvOS", "tvOS") ?? new Product("ATV OS X");
        if (agent.Has("tvOS"))
            return agent.ProductAfter("tvOS", "tvOS") ?? new Product("tvOS");
        if (agent.Has("Darwin/") && agent.Has("CFNetwork"))
            return Darwin(agent);

        // These browsers exist on iOS only; an iPad that asks for the desktop page claims to be a Mac.
        if (agent.Has("Macintosh"))
            return agent.HasAny("CriOS/", "EdgiOS/", "FxiOS/", "OPiOS/") ? new Product("iOS") : null;
        if (agent.Has("Outlook-iOS/"))
            return new Product("iOS");
        if ((agent.HasAny("Windows", "Android") && !agent.HasIgnoreCase("like Mac OS X")) || agent.Has("IEMobile") || agent.HasIgnoreCase("KaiOS") || !NamesMobileApple(agent))
            return null;
        foreach (var token in MobileTokens)
        {
            if (agent.VersionAfter(token) is { } version)
                return new Product("iOS", version);
        }
        return new Product("iOS");
    }

    // From the most exact to the least; programs write "iPad OS 16_5", "CPU iPhone 16_5", "[iPhone OS,16.5" and "iPhone/16.5" for the same.
    private static readonly string[] MobileTokens =
        ["CPU iPhone OS", "CPU iPad OS", "CPU OS", "iPhone OS", "iPhone OS,", "iPad OS", "iPh OS", "iPd OS", "CPU iPhone", "CPU iPad", "CPU", "iOS", "FBSV", "iPhone/", "iPad/"];

    private static bool NamesMobileApple(AgentText agent)
    {
        foreach (var sign in (ReadOnlySpan<string>)["iPhone", "iPad", "iPod", "iPh OS", "iPd OS", "like Mac OS X"])
        {
            if (agent.HasIgnoreCase(sign))
                return true;
        }
        return agent.Has("iOS");
    }

    // Programs that use the system's own network library send the versions of library and kernel only; a processor in parentheses means a Mac.
    private static Product? Darwin(AgentText agent)
    {
        var kernel = agent.VersionAfter("Darwin")?.Split('.');
        if (kernel is null || !int.TryParse(kernel[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major))
            return null;
        var minor = kernel.Length > 1 && int.TryParse(kernel[1], NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
        if (agent.HasAny("(x86_64)", "(i386)", "(Power"))
            return new Product("Mac OS X", MacFromKernel(major, minor));
        var library = agent.VersionAfter("CFNetwork") ?? "";
        var version = major < 15 || (major, minor) is (15, 0) or (16, 3) ? FromLibrary(library) : FromKernel(major, minor);
        return version.Length == 0 ? new Product("iOS") : new Product("iOS", version);
    }

    // Up to 10.10 each point release raised the kernel's second number, 10.10.2 as the first one step later; after it both went their own ways.
    private static string MacFromKernel(int major, int minor) => (major, minor) switch
    {
        ( >= 20, _) => (major - 9).ToString(CultureInfo.InvariantCulture),
        (14, 1) => "10.10.2",
        (14, >= 3) => string.Create(CultureInfo.InvariantCulture, $"10.10.{minor}"),
        ( >= 14, _) => string.Create(CultureInfo.InvariantCulture, $"10.{major - 4}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"10.{major - 4}.{minor}"),
    };

    private static string FromLibrary(string library) => library.Split('.') switch
    {
        ["485", "2", ..] => "4.0",
        ["485", "10", ..] => "4.1",
        ["485", "12", ..] => "4.2",
        ["485", "13", ..] => "4.3",
        ["548", "0", "4", ..] => "5.0.1",
        ["548", "0", ..] => "5",
        ["548", "1", ..] => "5.1",
        ["602", ..] => "6.0",
        ["609", "1", ..] => "6.1",
        ["609", ..] => "6.0",
        ["672", "1", "14", ..] => "7.1.1",
        ["672", "1", "15", ..] => "7.1.2",
        ["672", "1", ..] => "7.1",
        ["672", ..] => "7.0",
        ["705", ..] or ["709", ..] or ["711", "0", ..] => "8.0",
        ["711", "1", ..] => "8.1",
        ["711", "2", ..] => "8.2",
        ["711", "3", ..] => "8.3",
        ["711", "4", ..] => "8.4",
        ["711", "5", ..] => "8.4",
        ["758", "0", ..] => "9.0",
        ["758", "1", ..] => "9.1",
        ["758", "2", ..] => "9.2",
        ["808", "3", ..] => "10.2.1",
        ["808", "2", ..] => "10.2",
        _ => "",
    };

    // From iOS 10 on the two number lines run side by side, with a few steps where a system release kept its kernel.
    // Of point releases with one kernel the last is meant: it is the one that devices stay on (9.3.5, 11.2.6).
    private static string FromKernel(int major, int minor) => (major, minor) switch
    {
        (15, 4) => "9.3.1",
        (15, 5) => "9.3.2",
        (15, 6) => "9.3.5",
        (15, _) => "9",
        (16, 0) => "10.0",
        (16, 1) => "10.1",
        (16, 4) => "10.2",
        (16, 5) => "10.3",
        (16, 6) => "10.3.2",
        (16, 7) => "10.3.3",
        (17, 0) => "11.0",
        (17, 2) => "11.1",
        (17, 3) => "11.2",
        (17, 4) => "11.2.6",
        (17, 5) => "11.3",
        (17, 6) => "11.4",
        (17, 7) => "11.4.1",
        (18, 0) => "12.0",
        (18, 2) => "12.1",
        (18, 5) => "12.2",
        (18, 6) => "12.3",
        (18, 7) => "12.4",
        (19, 0) => "13",
        (19, 2) => "13.3",
        (19, 3) => "13.3.1",
        (20, 0) => "14",
        (20, 1) => "14.2",
        (20, 2) => "14.3",
        (20, 3) => "14.4",
        (20, 4) => "14.5",
        (20, 5) => "14.6",
        (20, 6) => "14.8",
        ( >= 25, _) => string.Create(CultureInfo.InvariantCulture, $"{major + 1}.{minor}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{major - 6}.{minor}"),
    };

    private static Product? Mac(AgentText agent)
    {
        foreach (var token in (ReadOnlySpan<string>)["Mac OS X Version", "Mac OS X", "MacOS X", "macOS", "Mac_OS_X", "Mac OS", "; OS X"])
        {
            if (agent.Has(token))
                return agent.ProductAfter(token, "Mac OS X") ?? new Product(token == "Mac OS" ? "Mac OS" : "Mac OS X");
        }
        if (agent.HasAny("Mac_PowerPC", "Mac_PPC", "PPC Mac OS"))
            return new Product("Mac OS");
        if (agent.VersionAfter("os/macos#") is { } darwin)
            return new Product("Mac OS X", darwin);
        if (agent.Has("Darwin/"))
            return agent.ProductAfter("Darwin", "Mac OS X");
        return agent.HasAny("Macintosh", "darwin") ? new Product("Mac OS X") : null;
    }
}
