namespace ClosedLoop.Operations.Reading;

/// <summary>What needs a person.</summary>
/// <param name="Items">Worst first.</param>
/// <param name="Quiet">Alarms that somebody has put off.</param>
public sealed record Attention(IReadOnlyList<AttentionItem> Items, IReadOnlyList<QuietAlarm> Quiet);
