namespace ClosedLoop.Data.Optimove;

/// <summary>A preference that Optimove has not been told of.</summary>
/// <param name="ChannelId">Channel.</param>
/// <param name="Customer">Customer.</param>
/// <param name="OptedIn">What he wants.</param>
/// <param name="Decided">Stamp of the decision.</param>
public sealed record WaitingPreference(int ChannelId, string Customer, bool OptedIn, long Decided);
