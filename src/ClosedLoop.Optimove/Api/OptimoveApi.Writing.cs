using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace ClosedLoop.Optimove.Api;

/// <summary>Templates, apps, results, attributes and preferences.</summary>
internal sealed partial class OptimoveApi
{
    public Task AddChannelTemplatesAsync(int channelId, IReadOnlyList<OptimoveRows.Template> templates, CancellationToken cancellation) => PostAsync(
        "AddChannelTemplates", Query("current/integrations/AddChannelTemplates", ("ChannelID", Text(channelId))),
        [.. templates.Select(template => new OptimoveBodies.Template(template.TemplateId, template.Name))], OptimoveJson.Default.IReadOnlyListTemplate, cancellation);

    public Task<IReadOnlyList<OptimoveRows.Template>> GetChannelTemplatesAsync(int channelId, CancellationToken cancellation) => ListAsync(
        "GetChannelTemplates", Query("current/integrations/GetChannelTemplates", ("ChannelID", Text(channelId))),
        row => row.Number("TemplateID") is { } id ? new OptimoveRows.Template(id, row.Text("TemplateName") ?? "") : null, cancellation);

    public Task<IReadOnlyList<OptimoveRows.TemplateDetail>> GetChannelTemplateDetailsAsync(int channelId, int templateId, CancellationToken cancellation) => ListAsync(
        "GetChannelTemplateDetails", Query("current/integrations/GetChannelTemplateDetails", ("ChannelID", Text(channelId)), ("TemplateID", Text(templateId))),
        row => row.Number("TemplateID") is { } id ? new OptimoveRows.TemplateDetail(id, row.Text("TemplateName"), row.Text("TemplateContent"), row.Texts(',', "TemplateAttributes")) : null, cancellation);

    public Task DeleteChannelTemplatesAsync(int channelId, IReadOnlyList<int> templates, CancellationToken cancellation) => PostAsync(
        "DeleteChannelTemplates", "current/integrations/DeleteChannelTemplates",
        [.. templates.Select(template => new OptimoveBodies.TemplateKey(channelId, template))], OptimoveJson.Default.IReadOnlyListTemplateKey, cancellation);

    public Task AddChannelAppsAsync(int channelId, IReadOnlyList<(string Id, string Name)> apps, CancellationToken cancellation) => PostAsync(
        "AddChannelApps", Query("current/integrations/AddChannelApps", ("ChannelID", Text(channelId))),
        [.. apps.Select(app => new OptimoveBodies.App(app.Id, app.Name))], OptimoveJson.Default.IReadOnlyListApp, cancellation);

    public Task DeleteChannelAppsAsync(int channelId, IReadOnlyList<string> apps, CancellationToken cancellation) => PostAsync(
        "DeleteChannelApps", "current/integrations/DeleteChannelApps",
        [.. apps.Select(app => new OptimoveBodies.AppKey(channelId, app))], OptimoveJson.Default.IReadOnlyListAppKey, cancellation);

    public Task<IReadOnlyList<OptimoveRows.Field>> GetCustomerAttributeListAsync(CancellationToken cancellation) => ListAsync(
        "GetCustomerAttributeList", "current/model/GetCustomerAttributeList",
        row => row.Text("RealFieldName") is { } name ? new OptimoveRows.Field(name, row.Text("Description")) : null, cancellation);

    public Task UpdateCampaignMetricsAsync(IReadOnlyList<OptimoveBodies.Metric> metrics, CancellationToken cancellation) => PostAsync(
        "UpdateCampaignMetrics", "current/integrations/UpdateCampaignMetrics", metrics, OptimoveJson.Default.IReadOnlyListMetric, cancellation, Repetition.OnceOnly);

    public Task UpdateCampaignInteractionsAsync(OptimoveBodies.Interactions interactions, CancellationToken cancellation) => PostAsync(
        "UpdateCampaignInteractions", "current/integrations/UpdateCampaignInteractions", interactions, OptimoveJson.Default.Interactions, cancellation, Repetition.OnceOnly);

    public Task SaveEngagementEventsAsync(Uri address, byte[] token, IReadOnlyList<OptimoveBodies.EngagementEvent> events, CancellationToken cancellation)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(events, OptimoveJson.Default.IReadOnlyListEngagementEvent);
        return transport.PostElsewhereAsync("saveEvent", address, body, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["X-Optimove-Signature-Version"] = "1",
            ["X-Optimove-Signature-Content"] = Convert.ToHexStringLower(HMACSHA256.HashData(token, body)),
        }, cancellation);
    }

    public async Task<string?> UpdateCustomerAttributesAsync(IReadOnlyList<OptimoveBodies.CustomerAttributes> customers, string? callbackUrl, CancellationToken cancellation)
    {
        var answer = await PostAsync(
            "UpdateCustomerAttributes", "current/customers/UpdateCustomerAttributes", new OptimoveBodies.AttributeUpdate(customers, callbackUrl), OptimoveJson.Default.AttributeUpdate, cancellation);
        try
        {
            if (answer.Length == 0) return null;
            using var document = JsonDocument.Parse(answer);
            return new TolerantRow(document.RootElement).Text("requestId");
        }
        catch (JsonException)
        {
            // The body says nothing that matters: 200 and 202 are the answer.
            return null;
        }
    }

    public Task<IReadOnlyList<OptimoveRows.CustomerField>> GetCustomerAttributesAsync(string customer, CancellationToken cancellation) => ListAsync(
        "GetCustomerAttributes", $"current/customers/{Uri.EscapeDataString(customer)}/Attributes",
        row => row.Text("RealFieldName") is { } name ? new OptimoveRows.CustomerField(name, row.Text("Alias"), row.Text("FieldType"), row.Text("Value")) : null, cancellation);

    public Task AddCustomerAttributeAsync(string name, string type, string? defaultValue, string? callbackUrl, CancellationToken cancellation) => PostAsync(
        "AddCustomerAttribute", "current/customers/AddCustomerAttribute", new OptimoveBodies.NewAttribute(name, type, defaultValue, callbackUrl), OptimoveJson.Default.NewAttribute, cancellation);

    public Task UpsertCustomerAsync(string customer, IReadOnlyList<OptimoveBodies.Attribute> attributes, string? callbackUrl, CancellationToken cancellation) => transport.SendAsync(
        "UpsertCustomer", HttpMethod.Put, "current/customers/UpsertCustomer",
        JsonSerializer.SerializeToUtf8Bytes(new OptimoveBodies.Upsert(customer, attributes, callbackUrl), OptimoveJson.Default.Upsert), Repetition.SafeWrite, cancellation);

    public Task SetCustomerChannelPreferenceAsync(int channelId, IReadOnlyList<string> customers, int mode, CancellationToken cancellation) => PostAsync(
        "SetCustomerChannelPreference", "current/integrations/SetCustomerChannelPreference", new OptimoveBodies.Preference(channelId, customers, mode), OptimoveJson.Default.Preference, cancellation);

    public Task<IReadOnlyList<OptimoveRows.Unsubscriber>> GetUnsubscribersAsync(int brandId, DateOnly? from, DateOnly? to, int skip, CancellationToken cancellation) => ListAsync(
        "GetUnsubscribers",
        Query("current/optimail/GetUnsubscribers", ("BrandID", Text(brandId)), ("StartDate", from is { } first ? Text(first) : null), ("EndDate", to is { } last ? Text(last) : null),
            ("$top", "10000"), ("$skip", skip.ToString(CultureInfo.InvariantCulture))),
        row => row.Text("Email") is { } email ? new OptimoveRows.Unsubscriber(email, row.Text("UnsubscribedTime")) : null, cancellation);
}
