namespace ClosedLoop.Responses.UserAgents;

/// <summary>Programs that show pages themselves and name themselves in a form of their own.</summary>
internal static class InAppBrowsers
{
    public static Product? Parse(AgentText agent) => Facebook(agent) ?? Pinterest(agent) ?? TikTok(agent) ?? Weibo(agent) ?? LinkedInAndX(agent);

    private static Product? Facebook(AgentText agent)
    {
        if (!agent.HasAny("[FBAN", "[FB_IAB", "FBAN/", ";FBAV/"))
            return null;
        var family = agent.HasAny("FBAN/Messenger", "FB_IAB/MESSENGER", "FB_IAB/Orca-Android") ? "Facebook Messenger" : "Facebook";
        return agent.ProductAfter("FBAV", family) ?? new Product(family);
    }

    private static Product? Pinterest(AgentText agent)
    {
        if (!agent.Has("Pinterest"))
            return null;
        return agent.ProductAfter("Pinterest for Android Tablet", "Pinterest")
            ?? agent.ProductAfter("Pinterest for Android", "Pinterest")
            ?? agent.ProductAfter("Pinterest", "Pinterest")
            ?? new Product("Pinterest");
    }

    // "musical_ly_34.3.1" on iOS; "musical_ly_2022704050" on Android packs 27.4.5 behind the digits 202.
    private static Product? TikTok(AgentText agent)
    {
        if (agent.VersionAfter("musical_ly") is not { } version)
            return agent.HasAny("trill_", "BytedanceWebview") ? new Product("TikTok") : null;
        if (version.Length == 10 && version.StartsWith("202", StringComparison.Ordinal))
            return new Product("TikTok", $"{version[3..5].TrimStart('0')}.{version[6]}");
        return version.Contains('.', StringComparison.Ordinal) ? new Product("TikTok", version) : new Product("TikTok");
    }

    private static Product? Weibo(AgentText agent)
    {
        if (!agent.HasIgnoreCase("weibo"))
            return null;
        return agent.ProductAfter("__weibo__", "Weibo") ?? new Product("Weibo");
    }

    private static Product? LinkedInAndX(AgentText agent)
    {
        if (agent.Has("[LinkedInApp]") || agent.Has("LinkedInApp"))
            return agent.ProductAfter("LinkedInApp]", "LinkedIn") ?? agent.ProductAfter("LinkedInApp", "LinkedIn") ?? new Product("LinkedIn");
        if (!agent.Has("Twitter for "))
            return null;
        return agent.ProductAfter("Twitter for iPhone/", "Twitter") ?? agent.ProductAfter("Twitter for iPad/", "Twitter") ?? new Product("Twitter");
    }
}
