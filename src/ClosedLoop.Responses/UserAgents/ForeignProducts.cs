namespace ClosedLoop.Responses.UserAgents;

/// <summary>
/// Browsers and programs that no rule knows but that put a product of their own beside those of the engine
/// (<c>… Chrome/145.0.0.0 Safari/537.36 Example/97.3</c>). What calls itself a browser is called so. On a desktop such a product is nearly always
/// a browser built on Chromium and keeps its name; on phones, tablets and televisions and in Electron it is a program, which is unknown, as is a mere word.
/// </summary>
internal static class ForeignProducts
{
    private const int LongestName = 24;

    private static readonly HashSet<string> EngineProducts = new(StringComparer.OrdinalIgnoreCase)
    {
        "Mozilla", "AppleWebKit", "WebKit", "KHTML", "Safari", "Version", "Mobile", "Chrome", "Chromium", "Gecko", "Firefox", "Trident", "Presto", "WebKitGTK",
        "Tablet", "VR", "Large", "Build", "NetType", "Language", "JsSdk", "XWEB", "MMWEBID", "MMWEBSDK", "TBS", "ManagedBrowser", "Region", "Channel", "NWjs",
        "AtomShell", "Ubuntu", "Fedora", "Debian", "Kubuntu", "Mint", "SUSE", "Mandriva", "CentOS", "RedHat", "Gentoo", "Arch", "Raspbian", "Model", "HbbTV", "CrKey",
        "DeviceType", "TouchPad", "Pre", "Pixi", "Desire", "T7", "BDOS", "SP-engine", "NABar", "Unity", "SmartTV", "LG", "Profile", "Configuration", "GoogleTV", "Tizen",
        "ABrowser", "Ecosia", "WebAppManager", "PTST", "Kiosk", "Accoona", "U2", "U3", "ChromePlus", "Google", "Nokia", "Cordova", "Darwin", "CFNetwork",
        "Electron", "QtWebEngine", "Crosswalk", "WebApp", "Large", "Screen", "like", "Silk-Accelerated", "Fedora", "Linux",
    };

    public static Product? Parse(AgentText agent, Product? platform)
    {
        var products = agent.StartsWith("Mozilla/") ? agent.Text.IndexOf("like Gecko)", StringComparison.OrdinalIgnoreCase) : -1;
        if (products < 0)
            return null;
        Product? found = null;
        foreach (var word in Words(agent.Text, products + "like Gecko)".Length))
        {
            var slash = agent.Text.IndexOf('/', word.Start, word.Length);
            if (Name(agent.Text, word.Start, slash < 0 ? word.Start + word.Length : slash) is not { } name)
                continue;
            if (slash >= 0 && agent.VersionAt(slash) is { } version)
                found = new Product(name, version);
            else if (VersionlessNames.Find(agent, agent.Text.Substring(word.Start, word.Length)) is { } known)
                return known;
            else
                found ??= Nobody;
        }
        return found is null || IsNamedRightly(agent, found, platform) ? found : Nobody;
    }

    private static Product Nobody { get; } = new(UserAgent.Unknown);

    // A package name (com.example.reader) is no name for people.
    private static bool IsNamedRightly(AgentText agent, Product found, Product? platform)
    {
        if (found.Family.Contains('.', StringComparison.Ordinal) || agent.HasAny("SmartTV", "SMART-TV", "Smart TV", "NetCast", "HbbTV", "(DTV)", "BRAVIA", "Web0S"))
            return false;
        return found.Family.EndsWith("Browser", StringComparison.Ordinal)
            || (platform?.Family is not ("Android" or "iOS" or "HarmonyOS" or "Tizen") && !agent.Has("Electron/"));
    }

    // The words outside of parentheses and brackets.
    private static IEnumerable<(int Start, int Length)> Words(string text, int from)
    {
        var depth = 0;
        var start = from;
        for (var at = from; at <= text.Length; at++)
        {
            var ends = at == text.Length || text[at] is ' ' or ';' or ',' or '(' or ')' or '[' or ']';
            if (!ends)
                continue;
            if (depth == 0 && at > start)
                yield return (start, at - start);
            start = at + 1;
            if (at < text.Length && text[at] is ('(' or '['))
                depth++;
            else if (at < text.Length && text[at] is (')' or ']'))
                depth = Math.Max(0, depth - 1);
        }
    }

    private static string? Name(string text, int start, int end)
    {
        var name = text[start..end];
        if (name.Length is < 3 or > LongestName || !name.All(IsPartOfName) || !char.IsAsciiLetterOrDigit(name[0]) || !name.Any(char.IsAsciiLetter) || EngineProducts.Contains(name.TrimEnd('+')))
            return null;
        foreach (var kind in (ReadOnlySpan<string>)["Browser", "App"])
        {
            if (name.Length > kind.Length + 1 && name.EndsWith(kind, StringComparison.Ordinal) && char.IsAsciiLetterOrDigit(name[^(kind.Length + 1)]))
                return $"{name[..^kind.Length]} {kind}";
        }
        return name;
    }

    private static bool IsPartOfName(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' or '+';
}
