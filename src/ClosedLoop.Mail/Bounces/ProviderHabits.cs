namespace ClosedLoop.Mail.Bounces;

/// <summary>What single providers mean by words that others use differently; only where codes do not tell.</summary>
internal static class ProviderHabits
{
    /// <summary>KDDI's servers echo the address when they refuse the recipient command, and leave it out when they refuse the message after DATA.</summary>
    private static readonly string[] EchoingDomains = ["ezweb.ne.jp", "au.com", "auone-net.jp", "dion.ne.jp"];

    public static bool RefusesUnknownAtRecipient(ReplyFacts facts)
    {
        var domain = facts.Address[(facts.Address.LastIndexOf('@') + 1)..];
        return Array.Exists(EchoingDomains, d => domain.EndsWith(d, StringComparison.OrdinalIgnoreCase)) && facts.Text.Contains('<' + facts.Address + '>', StringComparison.OrdinalIgnoreCase);
    }
}
