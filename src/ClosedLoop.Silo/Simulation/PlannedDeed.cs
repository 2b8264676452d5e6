namespace ClosedLoop.Silo.Simulation;

/// <summary>Something that is going to be done.</summary>
/// <param name="What">The deed.</param>
/// <param name="After">How long after the message came.</param>
/// <param name="Link">For clicks, which link: of a message with fewer the remainder counts.</param>
internal sealed record PlannedDeed(Deed What, TimeSpan After, int Link = 0);
