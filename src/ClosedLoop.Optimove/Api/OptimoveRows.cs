namespace ClosedLoop.Optimove.Api;

/// <summary>Rows of answers, as far as they are used or documented.</summary>
public static class OptimoveRows
{
    /// <param name="EventType">Type of event.</param>
    /// <param name="ChannelId">0 for none.</param>
    /// <param name="Url">Address that is called.</param>
    public sealed record Listener(int EventType, int ChannelId, string Url);

    /// <param name="Customer">The customer.</param>
    /// <param name="ActionId">1 marks the control group.</param>
    /// <param name="TemplateId">Null when it is no number.</param>
    /// <param name="ScheduleTime">As text, in Optimove's zone.</param>
    /// <param name="PromoCode">Comma between several.</param>
    /// <param name="Attributes">In the order asked for.</param>
    public sealed record CampaignCustomer(string Customer, int? ActionId, int? TemplateId, string? ScheduleTime, string? PromoCode, IReadOnlyList<string?> Attributes);

    public sealed record Action(string Customer, int? GroupId, int? ActionId, int? ChannelId, string? PromoCode, IReadOnlyList<string?> Attributes);

    public sealed record Interaction(string? Date, string? Campaign, int? GroupId, int? ActionId, int? ChannelId, int? TemplateId, int? EventId);

    public sealed record Campaign(string? CampaignId, string? Notes, int? DurationDays, string? Status, string? Error, IReadOnlyList<string?> Tags);

    public sealed record ChannelDetail(int? TemplateId, string? ScheduledTime, string? SendId);

    public sealed record Channel(int ChannelId, string? Name);

    public sealed record Template(int TemplateId, string Name);

    public sealed record TemplateDetail(int TemplateId, string? Name, string? Content, IReadOnlyList<string?> Attributes);

    public sealed record Field(string RealFieldName, string? Description);

    public sealed record CustomerField(string RealFieldName, string? Alias, string? FieldType, string? Value);

    public sealed record Unsubscriber(string Email, string? UnsubscribedTime);
}
