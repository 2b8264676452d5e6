using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClosedLoop.Optimove.Api;

/// <summary>Bodies of requests, as Optimove wants them. Campaign ids go as numbers where they are numbers.</summary>
internal static class OptimoveBodies
{
    public sealed record Login([property: JsonPropertyName("UserName")] string UserName, [property: JsonPropertyName("Password")] string Password);

    public sealed record Listener(
        [property: JsonPropertyName("EventTypeID")] int EventType,
        [property: JsonPropertyName("ListenerURL")] string Url,
        [property: JsonPropertyName("ChannelID"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? ChannelId);

    public sealed record Template(
        [property: JsonPropertyName("TemplateID")] int TemplateId,
        [property: JsonPropertyName("TemplateName")] string Name,
        [property: JsonPropertyName("AppID"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? AppId = null);

    public sealed record TemplateKey([property: JsonPropertyName("ChannelID")] int ChannelId, [property: JsonPropertyName("TemplateID")] int TemplateId);

    public sealed record App([property: JsonPropertyName("AppID")] string AppId, [property: JsonPropertyName("AppName")] string Name);

    public sealed record AppKey([property: JsonPropertyName("ChannelID")] int ChannelId, [property: JsonPropertyName("AppID")] string AppId);

    public sealed record Metric(
        [property: JsonPropertyName("ChannelID")] int ChannelId,
        [property: JsonPropertyName("CampaignID")] JsonElement CampaignId,
        [property: JsonPropertyName("TemplateID")] int TemplateId,
        [property: JsonPropertyName("MetricID")] int MetricId,
        [property: JsonPropertyName("MetricValue")] long Value);

    public sealed record Interactions(
        [property: JsonPropertyName("CampaignID")] JsonElement CampaignId,
        [property: JsonPropertyName("ChannelID")] int ChannelId,
        [property: JsonPropertyName("TemplateID")] int TemplateId,
        [property: JsonPropertyName("EventID")] int EventId,
        [property: JsonPropertyName("InteractionDate")] string Date,
        [property: JsonPropertyName("RecipientGroupID")] int Group,
        [property: JsonPropertyName("CustomerIDs")] IReadOnlyList<string> Customers);

    public sealed record Attribute([property: JsonPropertyName("RealFieldName")] string Field, [property: JsonPropertyName("Value")] string Value);

    public sealed record CustomerAttributes(
        [property: JsonPropertyName("CustomerID")] string Customer,
        [property: JsonPropertyName("Attributes")] IReadOnlyList<Attribute> Attributes);

    public sealed record AttributeUpdate(
        [property: JsonPropertyName("CustomerNewAttributesValuesList")] IReadOnlyList<CustomerAttributes> Customers,
        [property: JsonPropertyName("CallbackURL"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? CallbackUrl);

    public sealed record NewAttribute(
        [property: JsonPropertyName("Name")] string Name,
        [property: JsonPropertyName("Type")] string Type,
        [property: JsonPropertyName("DefaultValue"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? DefaultValue,
        [property: JsonPropertyName("CallbackURL"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? CallbackUrl);

    public sealed record Upsert(
        [property: JsonPropertyName("CustomerId")] string Customer,
        [property: JsonPropertyName("Attributes")] IReadOnlyList<Attribute> Attributes,
        [property: JsonPropertyName("CallbackUrl"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? CallbackUrl);

    public sealed record Preference(
        [property: JsonPropertyName("ChannelID")] int ChannelId,
        [property: JsonPropertyName("CustomerIDs")] IReadOnlyList<string> Customers,
        [property: JsonPropertyName("CommunicationMode")] int Mode);

    public sealed record EngagementContext(
        [property: JsonPropertyName("campaign_id")] string Campaign,
        [property: JsonPropertyName("channel_id")] int ChannelId,
        [property: JsonPropertyName("template_id")] int TemplateId);

    public sealed record EngagementEvent(
        [property: JsonPropertyName("event")] string Event,
        [property: JsonPropertyName("category")] string Category,
        [property: JsonPropertyName("timestamp")] string Timestamp,
        [property: JsonPropertyName("customer")] string Customer,
        [property: JsonPropertyName("context")] EngagementContext Context);
}
