namespace ClosedLoop.Mail.Sink;

/// <summary>A list of rules by local part; the first that meets wins.</summary>
public sealed class SinkScript(IReadOnlyList<SinkRule> rules) : ISinkScript
{
    /// <summary>The names the tests and the demonstration use.</summary>
    public static SinkScript Standard { get; } = new(
    [
        new("hard", SinkDeed.Refuse, "550 5.1.1 no such user"),
        new("full", SinkDeed.Refuse, "552 5.2.2 mailbox full"),
        new("later", SinkDeed.Refuse, "451 4.3.0 try again later"),
        new("busy", SinkDeed.RefuseAndClose, "421 4.3.2 too busy, closing"),
        new("spam", SinkDeed.RefuseText, "554 5.7.1 message looks like spam"),
        new("drop-before-dot", SinkDeed.DropBeforeDot),
        new("drop-after-dot", SinkDeed.DropAfterDot),
        new("slow", SinkDeed.Delay, Delay: TimeSpan.FromSeconds(1)),
        new("slow-text", SinkDeed.DelayText, Delay: TimeSpan.FromSeconds(1)),
        new("drip", SinkDeed.Drip, Delay: TimeSpan.FromMilliseconds(50)),
    ]);

    /// <summary>The same script with other rules before it.</summary>
    public SinkScript With(IEnumerable<SinkRule> first) => new([.. first, .. rules]);

    public SinkRule? For(string recipient)
    {
        ArgumentNullException.ThrowIfNull(recipient);
        var at = recipient.LastIndexOf('@');
        var local = at < 0 ? recipient : recipient.AsSpan(0, at);
        foreach (var rule in rules)
        {
            if (rule.Meets(local))
                return rule;
        }

        return null;
    }
}
