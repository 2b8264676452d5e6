namespace ClosedLoop.Mail.Bounces;

/// <summary>What is said of a mailbox in the languages mail systems speak.</summary>
internal static class Vocabularies
{
    private static readonly Vocabulary[] All = [.. VocabulariesOfEurope.West, .. VocabulariesOfEurope.NorthAndEast, .. VocabulariesOfAsia.All];

    public static bool SayGone(string text) => Array.Exists(All, v => v.SaysGone(text));

    public static bool SayNoDomain(string text) => Array.Exists(All, v => v.SaysNoDomain(text));

    public static bool SayFull(string text) => Array.Exists(All, v => v.SaysFull(text));

    public static bool SayClosed(string text) => Array.Exists(All, v => v.SaysClosed(text));
}
