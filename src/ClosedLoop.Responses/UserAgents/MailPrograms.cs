namespace ClosedLoop.Responses.UserAgents;

/// <summary>Mail programs and the picture proxies of mail providers.</summary>
internal static class MailPrograms
{
    public static Product? Parse(AgentText agent)
    {
        if (agent.Has("GoogleImageProxy"))
            return new Product("GmailImageProxy");
        if (agent.Has("YahooMailProxy"))
            return new Product("YahooMailProxy");
        if (agent.StartsWith("Outlook-Express/"))
            return new Product("Windows Live Mail");
        return Outlook(agent)
            ?? agent.ProductAfter("MacOutlook", "MacOutlook")
            ?? agent.ProductAfter("Thunderbird", "Thunderbird")
            ?? agent.ProductAfter("Postbox", "Postbox")
            ?? agent.ProductAfter("Airmail", "Airmail")
            ?? agent.ProductAfter("Lotus-Notes", "Lotus Notes")
            ?? agent.ProductAfter("YahooMobileMail", "YahooMobileMail")
            ?? agent.ProductAfter("Barca", "Barca");
    }

    // Outlook shows pictures with the engine of Word or of IE and names the version of Office, whose numbers skip 13.
    private static Product? Outlook(AgentText agent)
    {
        var office = agent.VersionAfter("Microsoft Outlook Mail") ?? agent.VersionAfter("Microsoft Office Outlook") ?? agent.VersionAfter("Microsoft Outlook") ?? agent.VersionAfter("MSOffice");
        var year = office?.Split('.')[0] switch
        {
            "12" => "2007",
            "14" => "2010",
            "15" => "2013",
            "16" => "2016",
            _ => null,
        };
        return year is not null ? new Product("Outlook", year) : office is not null ? new Product("Outlook") : null;
    }
}
