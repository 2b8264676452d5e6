namespace ClosedLoop.Operations.Api;

/// <summary>Distinct recipients who did something, and how often; machines apart, and by verdict.</summary>
internal sealed record ApiFunnel(
    long Openers, long AutomaticOpeners, long Clickers, long Unsubscribers, long Opens, long AutomaticOpens, long Clicks, long MachineClickers, long MachineClicks, IReadOnlyList<ApiVerdict> Verdicts);
