namespace ClosedLoop.Responses.UserAgents;

/// <summary>Tells programs that fetch on their own from what people use.</summary>
internal static class Robots
{
    private static readonly string[] Signs =
    [
        "crawl", "spider", "slurp", "scraper", "archiver", "archive.org", "httrack", "webindexer", "webthumb", "bingpreview", "web preview", "monitor", "monitis",
        "scanner", "openvas", "feedfetcher", "mediapartners", "adsbot", "lycosa", "scooter", "genieo", "gomezagent", "daumoa", "wotbox",
        "synthetic", "pingdom", "pagespeed", "lighthouse", "gtmetrix", "headless", "phantomjs", "python", "httpclient", "http-client", "okhttp",
        "curl/", "wget/", "libwww", "masscan", "nutch", "findlinks", "webinspector", "rival iq", "ysearch", "validator", "checker", "reaper",
        "searchme", "facebookexternalhit", "snippet", "whatsapp/", "ptst/", "embedly", "catchpoint", "statuscake", "datanyze", "inspectiontool", "rsscrawler", "java/1", "vkshare", "skypeuri", "feedburner", "feedly", "newsblur",
    ];

    public static bool Is(AgentText agent)
    {
        // A text browser that names its library is used by people.
        if (agent.HasAny("GoogleImageProxy", "YahooMailProxy") || agent.StartsWith("Lynx/"))
            return false;
        foreach (var sign in Signs)
        {
            if (agent.HasIgnoreCase(sign))
                return true;
        }
        if (IsChromeInDisguise(agent) || HasBot(agent.Text))
            return true;

        // Toolbars and components for showing IE name their home page, too; a robot marks it with a plus sign.
        return agent.HasIgnoreCase("+http") || (agent.HasIgnoreCase("://") && !(agent.Has("MSIE ") && agent.Has("; Windows")));
    }

    // Chrome never says "compatible"; who says it, before Chrome's products or behind them, says next what it is.
    private static bool IsChromeInDisguise(AgentText agent) =>
        agent.Has("Chrome/") && (agent.StartsWith("Mozilla/5.0 (compatible;") || agent.Has("Safari/537.36 (compatible;"));

    // "bot" ends a name or a part of one (Googlebot, bot/1.0, robot); CUBOT and ROBOT are also makers of phones and tablets.
    private static bool HasBot(string text)
    {
        for (var at = text.IndexOf("bot", StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf("bot", at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var isPhone = at >= 2 && text.AsSpan(at - 2, 2).Equals("cu", StringComparison.OrdinalIgnoreCase);
            var ends = at + 3 >= text.Length || !char.IsAsciiLetterLower(text[at + 3]);
            if (!isPhone && ends)
                return true;
        }
        return false;
    }
}
