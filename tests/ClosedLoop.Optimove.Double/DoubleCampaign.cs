namespace ClosedLoop.Optimove.Double;

/// <summary>A campaign on one channel.</summary>
public sealed record DoubleCampaign(string Id, int ChannelId, IReadOnlyList<DoubleCustomer> Customers, string Notes = "");
