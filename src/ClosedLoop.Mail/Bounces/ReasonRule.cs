namespace ClosedLoop.Mail.Bounces;

/// <summary>Phrases of public mail servers that stand for one reason.</summary>
internal sealed record ReasonRule(BounceReason Reason, params Phrase[] Phrases)
{
    public bool IsMet(string text) => Array.Exists(Phrases, p => p.IsIn(text));
}
