namespace ClosedLoop.Mail.Bounces;

/// <summary>Phrases of public mail servers that stand for one reason.</summary>
internal sealed record ReasonRule(BounceReason Reason, params Phrase[] Phrases)
{
    /// <summary>What the vocabularies say of the same reason; null where they say nothing.</summary>
    public Func<string, bool>? Said { get; init; }

    public bool IsMet(string text) => Array.Exists(Phrases, p => p.IsIn(text)) || Said?.Invoke(text) == true;
}
