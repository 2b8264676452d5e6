using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ClosedLoop.Optimove.Api;

/// <summary>The calls of Optimove's API over <see cref="OptimoveTransport"/>.</summary>
internal sealed partial class OptimoveApi(OptimoveTransport transport) : IOptimoveApi
{
    public async Task<string?> GetLastDataUpdateAsync(CancellationToken cancellation)
    {
        using var document = await transport.GetAsync("GetLastDataUpdate", "current/general/GetLastDataUpdate", noneOn404: false, cancellation);
        return document is null ? null : new TolerantRow(document.RootElement).Text("Date");
    }

    public Task RegisterEventListenerAsync(int eventType, int? channelId, string url, CancellationToken cancellation) =>
        PostAsync("RegisterEventListener", "current/general/RegisterEventListener", new OptimoveBodies.Listener(eventType, url, channelId), OptimoveJson.Default.Listener, cancellation);

    public Task UnregisterEventListenerAsync(int eventType, int? channelId, string url, CancellationToken cancellation) =>
        PostAsync("UnregisterEventListener", "current/general/UnregisterEventListener", new OptimoveBodies.Listener(eventType, url, channelId), OptimoveJson.Default.Listener, cancellation);

    public async Task<IReadOnlyList<OptimoveRows.Listener>> GetRegisteredEventListenersAsync(CancellationToken cancellation)
    {
        const string Call = "GetRegisteredEventListeners";
        var document = await transport.GetAsync(Call, "current/general/GetRegisteredEventListeners", noneOn404: true, cancellation)
            ?? await transport.GetAsync(Call, "current/general/GetRegisteredEventListener", noneOn404: true, cancellation);
        using (document)
        {
            return [.. Rows(Call, document).Select(row => (Type: row.Number("EventTypeID", "EventType"), Channel: row.Number("ChannelID"), Url: row.Text("ListenerURL", "Url")))
                .Where(row => row is { Type: not null, Url: not null }).Select(row => new OptimoveRows.Listener(row.Type!.Value, row.Channel ?? 0, row.Url!))];
        }
    }

    public Task<IReadOnlyList<OptimoveRows.CampaignCustomer>> GetCustomerExecutionDetailsByCampaignAsync(CustomerPage page, CancellationToken cancellation) =>
        CustomersAsync("GetCustomerExecutionDetailsByCampaign", Query("current/customers/GetCustomerExecutionDetailsByCampaign", page), cancellation);

    public Task<IReadOnlyList<OptimoveRows.CampaignCustomer>> GetCustomerSendDetailsByChannelAsync(CustomerPage page, CancellationToken cancellation) =>
        CustomersAsync("GetCustomerSendDetailsByChannel", Query("current/customers/GetCustomerSendDetailsByChannel", page), cancellation);

    public Task<IReadOnlyList<OptimoveRows.CampaignCustomer>> GetCustomerSendDetailsByCampaignAsync(string campaign, CancellationToken cancellation) =>
        CustomersAsync("GetCustomerSendDetailsByCampaign", Query("current/customers/GetCustomerSendDetailsByCampaign", ("CampaignID", campaign), ("IncludeTemplateIDs", "true")), cancellation);

    public Task<IReadOnlyList<OptimoveRows.Action>> GetCustomerOneTimeActionsByCampaignAsync(string campaign, int channelId, IReadOnlyList<string> attributes, CancellationToken cancellation) =>
        ListAsync("GetCustomerOneTimeActionsByCampaign", Query("current/customers/GetCustomerOneTimeActionsByCampaign",
            ("CampaignID", campaign), ("ChannelID", Text(channelId)), ("IncludeControlGroup", "false"), ("CustomerAttributes", Joined(attributes))), Action, cancellation);

    public Task<IReadOnlyList<string>> GetProcessedCampaignCustomersAsync(string campaign, CancellationToken cancellation) =>
        ListAsync("GetProcessedCampaignCustomers", Query("current/customers/GetProcessedCampaignCustomers", ("CampaignID", campaign)), row => row.Text("CustomerID"), cancellation);

    public Task<IReadOnlyList<OptimoveRows.Action>> GetCanceledCampaignCustomersAsync(string campaign, CancellationToken cancellation) =>
        ListAsync("GetCanceledCampaignCustomers", Query("current/customers/GetCanceledCampaignCustomers", ("CampaignID", campaign)), Action, cancellation);

    public Task<IReadOnlyList<OptimoveRows.Interaction>> GetCustomerChannelInteractionsAsync(string customer, DateOnly from, DateOnly to, int? channelId, CancellationToken cancellation) =>
        ListAsync(
            "GetCustomerChannelInteractions",
            Query("current/customers/GetCustomerChannelInteractions", ("CustomerID", customer), ("StartDate", Text(from)), ("EndDate", Text(to)), ("ChannelID", channelId is { } id ? Text(id) : null)),
            row => new OptimoveRows.Interaction(
                row.Text("Date"), row.Text("CampaignID"), row.Number("RecipientGroupID"), row.Number("ActionID"), row.Number("ChannelID"), row.Number("TemplateID"), row.Number("EventID")),
            cancellation);

    public async Task<OptimoveRows.Campaign?> GetCampaignDetailsAsync(string campaign, CancellationToken cancellation)
    {
        using var document = await transport.GetAsync("GetCampaignDetails", Query("current/actions/GetCampaignDetails", ("CampaignID", campaign)), noneOn404: true, cancellation);
        if (document is null) return null;
        var root = document.RootElement;
        if (root.ValueKind == JsonValueKind.Array) return root.GetArrayLength() == 0 ? null : Campaign(new TolerantRow(root[0]));
        return Campaign(new TolerantRow(root));
    }

    public Task<IReadOnlyList<OptimoveRows.Campaign>> GetExecutedCampaignDetailsAsync(DateOnly date, CancellationToken cancellation) =>
        ListAsync("GetExecutedCampaignDetails", Query("current/actions/GetExecutedCampaignDetails", ("Date", Text(date))), Campaign, cancellation);

    public Task<IReadOnlyList<string>> GetExecutedCampaignsByChannelAsync(int channelId, DateOnly date, CancellationToken cancellation) =>
        ListAsync("GetExecutedCampaignsByChannel", Query("current/actions/GetExecutedCampaignsByChannel", ("ChannelID", Text(channelId)), ("Date", Text(date))), row => row.Text("CampaignID"), cancellation);

    public Task<IReadOnlyList<OptimoveRows.ChannelDetail>> GetExecutedCampaignChannelDetailsAsync(string campaign, int channelId, CancellationToken cancellation) =>
        ListAsync(
            "GetExecutedCampaignChannelDetails", Query("current/actions/GetExecutedCampaignChannelDetails", ("CampaignID", campaign), ("ChannelID", Text(channelId))),
            row => new OptimoveRows.ChannelDetail(row.Number("TemplateID"), row.Text("ScheduledTime", "ScheduleTime"), row.Text("SendID")), cancellation);

    public Task<IReadOnlyList<OptimoveRows.Channel>> GetExecutionChannelsAsync(CancellationToken cancellation) =>
        ListAsync("GetExecutionChannels", "current/actions/GetExecutionChannels", row => row.Number("ChannelID") is { } id ? new OptimoveRows.Channel(id, row.Text("ChannelName")) : null, cancellation);

    private static OptimoveRows.Campaign Campaign(TolerantRow row) =>
        new(row.Text("CampaignID"), row.Text("Notes", "Name"), row.Number("Duration"), row.Text("Status"), row.Text("Error"), row.Texts(',', "Tags"));

    private static OptimoveRows.Action? Action(TolerantRow row) => row.Text("CustomerID") is { } customer
        ? new OptimoveRows.Action(customer, row.Number("RecipientGroupID"), row.Number("ActionID"), row.Number("ChannelID"), row.Text("PromoCode"), row.Texts(';', "CustomerAttributes", "CustomerAttribute"))
        : null;

    private async Task<IReadOnlyList<OptimoveRows.CampaignCustomer>> CustomersAsync(string call, string path, CancellationToken cancellation)
    {
        using var document = await transport.GetAsync(call, path, noneOn404: true, cancellation);
        var customers = new List<OptimoveRows.CampaignCustomer>();
        foreach (var row in Rows(call, document))
        {
            // A row without a customer still counts as received: paging goes by what came.
            customers.Add(new OptimoveRows.CampaignCustomer(
                row.Text("CustomerID") ?? "", row.Number("ActionID"), row.Number("TemplateID"), row.Text("ScheduleTime", "ScheduledTime"),
                row.Texts(',', "PromoCode") is { Count: > 0 } codes ? string.Join(',', codes) : null, row.Texts(';', "CustomerAttributes", "CustomerAttribute")));
        }

        return customers;
    }

    private async Task<IReadOnlyList<T>> ListAsync<T>(string call, string path, Func<TolerantRow, T?> read, CancellationToken cancellation)
        where T : class
    {
        using var document = await transport.GetAsync(call, path, noneOn404: true, cancellation);
        return [.. Rows(call, document).Select(read).OfType<T>()];
    }

    private static IEnumerable<TolerantRow> Rows(string call, JsonDocument? document)
    {
        if (document is null) return [];
        var root = document.RootElement;
        if (root.ValueKind == JsonValueKind.Null) return [];
        if (root.ValueKind == JsonValueKind.Array) return root.EnumerateArray().Select(item => new TolerantRow(item));
        throw new OptimoveException(OptimoveFault.Malformed, call, $"200 with {root.ValueKind} where an array was expected");
    }

    private Task<byte[]> PostAsync<T>(string call, string path, T body, JsonTypeInfo<T> type, CancellationToken cancellation, Repetition repetition = Repetition.SafeWrite) =>
        transport.SendAsync(call, HttpMethod.Post, path, JsonSerializer.SerializeToUtf8Bytes(body, type), repetition, cancellation);

    private static string Query(string path, CustomerPage page) => Query(path,
        ("CampaignID", page.Campaign), ("ChannelID", Text(page.ChannelId)), ("CustomerAttributes", Joined(page.Attributes)), ("$top", Text(page.Top)), ("$skip", page.Skip.ToString(CultureInfo.InvariantCulture)));

    private static string Query(string path, params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var text = new StringBuilder(path);
        var separator = '?';
        foreach (var (name, value) in parameters)
        {
            if (value is null) continue;
            text.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
            separator = '&';
        }

        return text.ToString();
    }

    private static string? Joined(IReadOnlyList<string> attributes) => attributes.Count == 0 ? null : string.Join(';', attributes);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
