namespace ClosedLoop.Operations.Reading;

/// <summary>Distinct recipients of a mailing who did something; machines apart.</summary>
/// <param name="Openers">Opened the mail themselves.</param>
/// <param name="AutomaticOpeners">Whose mail was opened by a machine only.</param>
/// <param name="Clickers">Followed a link themselves.</param>
/// <param name="Unsubscribers">Want no more.</param>
/// <param name="Opens">All opens by people.</param>
/// <param name="AutomaticOpens">All opens by machines.</param>
/// <param name="Clicks">All clicks by people.</param>
/// <param name="MachineClickers">Whose links were followed by a machine only.</param>
/// <param name="MachineClicks">All clicks by machines.</param>
/// <param name="Verdicts">Opens and clicks by verdict.</param>
public sealed record Funnel(
    long Openers, long AutomaticOpeners, long Clickers, long Unsubscribers, long Opens, long AutomaticOpens, long Clicks,
    long MachineClickers, long MachineClicks, IReadOnlyList<VerdictLine> Verdicts)
{
    public static Funnel Empty { get; } = new(0, 0, 0, 0, 0, 0, 0, 0, 0, []);
}
