namespace ClosedLoop.Data.Optimove;

/// <summary>A mailing that sends for Optimove.</summary>
public sealed record CampaignMailing(long MailingId, string Campaign, int ChannelId, int TemplateId, bool Standing, long LedgerCursor, bool Settled);
