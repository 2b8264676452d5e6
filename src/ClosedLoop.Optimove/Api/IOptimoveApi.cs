namespace ClosedLoop.Optimove.Api;

/// <summary>
/// Optimove's API with one client's key (optimove spec sections 3 and 5 to 9). Every call keeps to the rate limit and waits when Optimove asks for it.
/// </summary>
/// <remarks>All throw <see cref="OptimoveException"/>.</remarks>
internal interface IOptimoveApi
{
    /// <summary>Date of the newest customer data: shows that address and key are right.</summary>
    Task<string?> GetLastDataUpdateAsync(CancellationToken cancellation);

    Task RegisterEventListenerAsync(int eventType, int? channelId, string url, CancellationToken cancellation);

    Task UnregisterEventListenerAsync(int eventType, int? channelId, string url, CancellationToken cancellation);

    Task<IReadOnlyList<OptimoveRows.Listener>> GetRegisteredEventListenersAsync(CancellationToken cancellation);

    /// <summary>One page; an empty one is the end, a short one is not.</summary>
    Task<IReadOnlyList<OptimoveRows.CampaignCustomer>> GetCustomerExecutionDetailsByCampaignAsync(CustomerPage page, CancellationToken cancellation);

    /// <inheritdoc cref="GetCustomerExecutionDetailsByCampaignAsync"/>
    Task<IReadOnlyList<OptimoveRows.CampaignCustomer>> GetCustomerSendDetailsByChannelAsync(CustomerPage page, CancellationToken cancellation);

    Task<IReadOnlyList<OptimoveRows.CampaignCustomer>> GetCustomerSendDetailsByCampaignAsync(string campaign, CancellationToken cancellation);

    /// <summary>Without the control group.</summary>
    Task<IReadOnlyList<OptimoveRows.Action>> GetCustomerOneTimeActionsByCampaignAsync(string campaign, int channelId, IReadOnlyList<string> attributes, CancellationToken cancellation);

    Task<IReadOnlyList<string>> GetProcessedCampaignCustomersAsync(string campaign, CancellationToken cancellation);

    /// <summary>Kept for two hours after a cancellation.</summary>
    Task<IReadOnlyList<OptimoveRows.Action>> GetCanceledCampaignCustomersAsync(string campaign, CancellationToken cancellation);

    Task<IReadOnlyList<OptimoveRows.Interaction>> GetCustomerChannelInteractionsAsync(string customer, DateOnly from, DateOnly to, int? channelId, CancellationToken cancellation);

    Task<OptimoveRows.Campaign?> GetCampaignDetailsAsync(string campaign, CancellationToken cancellation);

    Task<IReadOnlyList<OptimoveRows.Campaign>> GetExecutedCampaignDetailsAsync(DateOnly date, CancellationToken cancellation);

    Task<IReadOnlyList<string>> GetExecutedCampaignsByChannelAsync(int channelId, DateOnly date, CancellationToken cancellation);

    Task<IReadOnlyList<OptimoveRows.ChannelDetail>> GetExecutedCampaignChannelDetailsAsync(string campaign, int channelId, CancellationToken cancellation);

    Task<IReadOnlyList<OptimoveRows.Channel>> GetExecutionChannelsAsync(CancellationToken cancellation);

    /// <summary>At most 100.</summary>
    Task AddChannelTemplatesAsync(int channelId, IReadOnlyList<OptimoveRows.Template> templates, CancellationToken cancellation);

    Task<IReadOnlyList<OptimoveRows.Template>> GetChannelTemplatesAsync(int channelId, CancellationToken cancellation);

    Task<IReadOnlyList<OptimoveRows.TemplateDetail>> GetChannelTemplateDetailsAsync(int channelId, int templateId, CancellationToken cancellation);

    /// <summary>At most 100.</summary>
    Task DeleteChannelTemplatesAsync(int channelId, IReadOnlyList<int> templates, CancellationToken cancellation);

    /// <summary>At most 100: id and name.</summary>
    Task AddChannelAppsAsync(int channelId, IReadOnlyList<(string Id, string Name)> apps, CancellationToken cancellation);

    /// <summary>At most 100.</summary>
    Task DeleteChannelAppsAsync(int channelId, IReadOnlyList<string> apps, CancellationToken cancellation);

    Task<IReadOnlyList<OptimoveRows.Field>> GetCustomerAttributeListAsync(CancellationToken cancellation);

    /// <summary>At most 100 sums. Never repeated once it has left.</summary>
    Task UpdateCampaignMetricsAsync(IReadOnlyList<OptimoveBodies.Metric> metrics, CancellationToken cancellation);

    /// <summary>At most 10,000 customers. Never repeated once it has left.</summary>
    Task UpdateCampaignInteractionsAsync(OptimoveBodies.Interactions interactions, CancellationToken cancellation);

    /// <summary>Signed with the token of the tenant. Never repeated once it has left.</summary>
    Task SaveEngagementEventsAsync(Uri address, byte[] token, IReadOnlyList<OptimoveBodies.EngagementEvent> events, CancellationToken cancellation);

    /// <summary>At most 1,000 customers with at most 10 attributes each.</summary>
    /// <returns>Number of the request, when one was given.</returns>
    Task<string?> UpdateCustomerAttributesAsync(IReadOnlyList<OptimoveBodies.CustomerAttributes> customers, string? callbackUrl, CancellationToken cancellation);

    Task<IReadOnlyList<OptimoveRows.CustomerField>> GetCustomerAttributesAsync(string customer, CancellationToken cancellation);

    Task AddCustomerAttributeAsync(string name, string type, string? defaultValue, string? callbackUrl, CancellationToken cancellation);

    Task UpsertCustomerAsync(string customer, IReadOnlyList<OptimoveBodies.Attribute> attributes, string? callbackUrl, CancellationToken cancellation);

    /// <summary>At most 50,000 customers.</summary>
    Task SetCustomerChannelPreferenceAsync(int channelId, IReadOnlyList<string> customers, int mode, CancellationToken cancellation);

    Task<IReadOnlyList<OptimoveRows.Unsubscriber>> GetUnsubscribersAsync(int brandId, DateOnly? from, DateOnly? to, int skip, CancellationToken cancellation);
}
