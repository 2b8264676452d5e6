namespace ClosedLoop.Operations.Ports;

/// <summary>One connection to another system, with everything there is to see.</summary>
/// <param name="Line">Its line in the list.</param>
/// <param name="Facts">Addresses and versions, in words.</param>
/// <param name="Listeners">What the other system calls.</param>
/// <param name="Events">Newest calls first.</param>
/// <param name="Letters">Newest of what it would not take, first.</param>
/// <param name="LetterCount">How many of those there are.</param>
/// <param name="InDoubt">Results of which nobody knows whether they arrived.</param>
/// <param name="Hours">The last day by the hour, every hour of it.</param>
public sealed record ConnectorDetail(
    ConnectorLine Line, IReadOnlyList<(string Name, string Value)> Facts, IReadOnlyList<ConnectorListener> Listeners, IReadOnlyList<ConnectorEvent> Events, IReadOnlyList<ConnectorLetter> Letters,
    long LetterCount, long InDoubt, IReadOnlyList<TrafficHour> Hours);
