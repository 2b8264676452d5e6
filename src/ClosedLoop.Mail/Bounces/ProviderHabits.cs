namespace ClosedLoop.Mail.Bounces;

/// <summary>What single providers mean by words that others use differently; only where codes do not tell.</summary>
internal static class ProviderHabits
{
    /// <summary>KDDI's servers echo the address when they refuse the recipient command, and leave it out when they refuse the message after DATA.</summary>
    private static readonly string[] EchoingDomains = ["ezweb.ne.jp", "au.com", "auone-net.jp", "dion.ne.jp"];

    /// <summary>Reports of systems that took the message and looked at the mailbox afterwards: KDDI without the echo, old Yahoo and its partners, and a Japanese gateway that brackets the reason.</summary>
    private static readonly Phrase[] AcceptFirst = ["550 : user unknown", "[user unknown]", "unable to deliver message to the following address(es)"];

    /// <summary>Yahoo's last word on an account, and PowerMTA's own sorting.</summary>
    private static readonly Phrase[] Sure = ["delivery error: dd", "bad-mailbox"];

    /// <summary>Exchange Online refuses recipients that its directory does not know with these words and 5.4.1, a code that means something else to others.</summary>
    private static readonly Phrase DirectoryRefusal = "recipient address rejected: access denied";

    public static bool IsSureOfUnknown(string address, string text) =>
        Array.Exists(Sure, p => p.IsIn(text)) || (IsEchoing(address) && text.Contains('<' + address + '>', StringComparison.OrdinalIgnoreCase));

    public static bool IsDirectoryRefusal(ReplyFacts facts, string text) => facts.Status is { Class: 5, Subject: 4, Detail: 1 } && DirectoryRefusal.IsIn(text);

    public static bool RefusesAfterData(string text) => Array.Exists(AcceptFirst, p => p.IsIn(text));

    private static bool IsEchoing(string address) => Array.Exists(EchoingDomains, d => address.EndsWith(d, StringComparison.OrdinalIgnoreCase));
}
