namespace ClosedLoop.Data.Optimove;

/// <summary>One customer's trigger, judged: about to be added to a standing mailing.</summary>
/// <param name="EventId">The stored call.</param>
/// <param name="Label">The campaign's id as it came.</param>
/// <param name="Campaign">In lower case.</param>
/// <param name="ChannelId">The channel.</param>
/// <param name="TriggerKey">Tells this trigger from others for the same customer.</param>
/// <param name="Customer">Whom, and with what.</param>
/// <param name="MailingId">The standing mailing; 0 for somebody who gets nothing.</param>
/// <param name="PerHour">Most triggers of the template for one customer in an hour.</param>
public sealed record NewTrigger(long EventId, string Label, string Campaign, int ChannelId, string TriggerKey, PlannedCustomer Customer, long MailingId, int PerHour);
