namespace ClosedLoop.Responses.UserAgents;

/// <summary>Browsers that put nothing but a word of their own beside the products of the engine.</summary>
internal static class VersionlessNames
{
    private static readonly Dictionary<string, (string Family, bool CountsAsEngine)> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Iron"] = ("Iron", true),
        ["MRCHROME"] = ("Mail.ru Chromium Browser", true),
        ["QIHU"] = ("360 Secure Browser", false),
        ["Decentr"] = ("Decentr Web3 Browser", false),
        ["Talon"] = ("Talon Cyber Security Browser", false),
        ["Qaxbrowser"] = ("QAX Browser", false),
        ["QtCarBrowser"] = ("QtCarBrowser", false),
        ["WeTab-Browser"] = ("WeTab", false),
        ["rekonq"] = ("Rekonq", false),
        ["TwitterAndroid"] = ("Twitter", false),
    };

    /// <summary>The browser behind the word, or null. Some are numbered like the engine they are built on, so its version is theirs.</summary>
    public static Product? Find(AgentText agent, string word) =>
        !Names.TryGetValue(word, out var name) ? null
        : name.CountsAsEngine ? agent.ProductAfter("Chrome", name.Family) ?? new Product(name.Family)
        : new Product(name.Family);
}
