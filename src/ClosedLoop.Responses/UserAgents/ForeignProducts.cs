namespace ClosedLoop.Responses.UserAgents;

/// <summary>
/// Browsers and programs that no rule knows but that put a product of their own beside those of the engine
/// (<c>… Chrome/145.0.0.0 Safari/537.36 Example/97.3</c>): they are called what they call themselves.
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
    };

    public static Product? Parse(AgentText agent)
    {
        if (!agent.StartsWith("Mozilla/") || !agent.Has("like Gecko)"))
            return null;
        Product? found = null;
        var text = agent.Text;
        var depth = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] is '(' or '[')
                depth++;
            else if (text[at] is ')' or ']')
                depth = Math.Max(0, depth - 1);
            else if (depth == 0 && text[at] == '/' && Name(text, at) is { } name && agent.VersionAt(at) is { } version)
                found = new Product(name, version);
        }

        // A package name (com.example.reader) is no name for people.
        return found?.Family.Contains('.', StringComparison.Ordinal) == true ? new Product(UserAgent.Unknown) : found;
    }

    private static string? Name(string text, int slash)
    {
        var start = slash;
        while (start > 0 && (char.IsAsciiLetterOrDigit(text[start - 1]) || text[start - 1] is '-' or '_' or '.' or '+'))
            start--;
        var name = text[start..slash];
        if (name.Length is < 3 or > LongestName || !char.IsAsciiLetterOrDigit(name[0]) || !name.Any(char.IsAsciiLetter) || EngineProducts.Contains(name.TrimEnd('+')))
            return null;
        foreach (var kind in (ReadOnlySpan<string>)["Browser", "App"])
        {
            if (name.Length > kind.Length + 1 && name.EndsWith(kind, StringComparison.Ordinal) && char.IsAsciiLetterOrDigit(name[^(kind.Length + 1)]))
                return $"{name[..^kind.Length]} {kind}";
        }
        return name;
    }
}
