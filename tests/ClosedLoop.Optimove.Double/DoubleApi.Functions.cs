using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClosedLoop.Optimove.Double;

internal sealed partial class DoubleApi
{
    private static readonly int[] EventTypes = [1, 2, 3, 4, 5, 11, 13];

    private (int Status, string? Body) Call(HttpContext context, string function, string body) => function.ToUpperInvariant() switch
    {
        "GETLASTDATAUPDATE" => (200, $$"""{"Date":"{{state.Now:yyyy-MM-dd}}"}"""),
        "REGISTEREVENTLISTENER" => Register(Object(body)),
        "UNREGISTEREVENTLISTENER" => Unregister(Object(body)),
        "GETREGISTEREDEVENTLISTENERS" or "GETREGISTEREDEVENTLISTENER" => Rows(state.ListenersNow().Select(listener => new JsonObject
        {
            ["EventTypeID"] = listener.EventType,
            ["ChannelID"] = listener.ChannelId == 0 ? null : listener.ChannelId,
            ["ListenerURL"] = listener.Url,
        })),
        "GETCUSTOMEREXECUTIONDETAILSBYCAMPAIGN" => Customers(context, "ScheduleTime"),
        "GETCUSTOMERSENDDETAILSBYCHANNEL" => Customers(context, "ScheduledTime"),
        "GETCUSTOMERSENDDETAILSBYCAMPAIGN" => Rows(Of(context).SelectMany(campaign => campaign.Customers.Select(customer => Customer(campaign, customer, [], "ScheduledTime")))),
        "GETCUSTOMERONETIMEACTIONSBYCAMPAIGN" or "GETPROCESSEDCAMPAIGNCUSTOMERS" => Rows(Of(context).SelectMany(campaign => campaign.Customers.Where(customer => !customer.IsControl)
            .Select(customer => Customer(campaign, customer, [], "ScheduledTime")))),
        "GETCANCELEDCAMPAIGNCUSTOMERS" => state.Cancelled.TryGetValue(Query(context, "CampaignID"), out var at) && state.Now - at < TimeSpan.FromHours(2)
            ? Rows(Of(context).SelectMany(campaign => campaign.Customers.Select(customer => Customer(campaign, customer, [], "ScheduledTime"))))
            : (404, "no data"),
        "GETCAMPAIGNDETAILS" => Of(context).FirstOrDefault() is { } campaign ? (200, $$"""{"CampaignType":"Test","Duration":3,"Notes":{{JsonSerializer.Serialize(campaign.Notes)}},"Tags":["a","b"],"Status":"Successful"}""") : (404, "no data"),
        "GETEXECUTEDCAMPAIGNDETAILS" or "GETEXECUTEDCAMPAIGNSBYCHANNEL" => Rows(state.Campaigns.Values.Select(each => new JsonObject { ["CampaignID"] = each.Id })),
        "GETEXECUTEDCAMPAIGNCHANNELDETAILS" => Rows(Of(context).SelectMany(each => each.Customers.Select(customer => customer.Template).Distinct().Select(template => new JsonObject { ["TemplateID"] = template }))),
        "GETEXECUTIONCHANNELS" => Rows(state.Campaigns.Keys.Select(key => key.Channel).Distinct().Select(channel => new JsonObject { ["ChannelId"] = channel, ["ChannelName"] = "channel" })),
        "GETCUSTOMERCHANNELINTERACTIONS" or "GETUNSUBSCRIBERS" => (200, "[]"),
        "ADDCHANNELTEMPLATES" => AddTemplates(context, Array(body)),
        "GETCHANNELTEMPLATES" => Rows(TemplatesOf(Number(context, "ChannelID")).Select(template => new JsonObject { ["TemplateID"] = template.Key, ["TemplateName"] = template.Value })),
        "GETCHANNELTEMPLATEDETAILS" => (200, "[]"),
        "DELETECHANNELTEMPLATES" => DeleteTemplates(Array(body)),
        "ADDCHANNELAPPS" or "DELETECHANNELAPPS" => Array(body).Count <= 100 ? (200, null) : (400, "more than 100"),
        "GETCUSTOMERATTRIBUTELIST" => Rows(state.Fields.Keys.Select(field => new JsonObject { ["RealFieldName"] = field, ["Description"] = field })),
        "UPDATECAMPAIGNMETRICS" => Array(body).Count <= 100 ? (200, null) : (400, "more than 100"),
        "UPDATECAMPAIGNINTERACTIONS" => Interactions(Object(body)),
        "SETCUSTOMERCHANNELPREFERENCE" => Object(body)["CustomerIDs"]!.AsArray().Count <= 50_000 ? (200, null) : (400, "more than 50000"),
        "UPDATECUSTOMERATTRIBUTES" => UpdateAttributes(Object(body)),
        "GETCUSTOMERATTRIBUTES" => Rows(state.Customers.TryGetValue(Uri.UnescapeDataString(context.Request.Path.Value!.Split('/')[^2]), out var values)
            ? values.Select(pair => new JsonObject { ["RealFieldName"] = pair.Key, ["Alias"] = pair.Key, ["FieldType"] = "Nvarchar", ["Value"] = pair.Value })
            : []),
        "ADDCUSTOMERATTRIBUTE" => AddAttribute(Object(body)),
        "UPSERTCUSTOMER" => Upsert(Object(body)),
        _ => (404, "no such function"),
    };

    private (int Status, string? Body) Register(JsonObject body)
    {
        var (type, channel, url) = (body["EventTypeID"]!.GetValue<int>(), body["ChannelID"]?.GetValue<int>() ?? 0, body["ListenerURL"]!.GetValue<string>());
        if (url.StartsWith("http%3A", StringComparison.OrdinalIgnoreCase)) url = Uri.UnescapeDataString(url);
        if (!EventTypes.Contains(type) || !Uri.TryCreate(url, UriKind.Absolute, out _) || (type == 5 && channel != 0)) return (400, "listener");
        lock (state.Lock)
        {
            if (!state.AppendListeners) state.Listeners.RemoveAll(listener => listener.EventType == type && listener.ChannelId == channel);
            state.Listeners.Add(new DoubleListener(type, channel, url));
        }

        return (200, null);
    }

    private (int Status, string? Body) Unregister(JsonObject body)
    {
        var (type, channel, url) = (body["EventTypeID"]!.GetValue<int>(), body["ChannelID"]?.GetValue<int>(), body["ListenerURL"]?.GetValue<string>());
        lock (state.Lock)
            state.Listeners.RemoveAll(listener => listener.EventType == type && (channel is null || listener.ChannelId == channel) && (url is null || listener.Url == url));
        return (200, null);
    }

    private (int Status, string? Body) Customers(HttpContext context, string scheduleName)
    {
        var attributes = Query(context, "CustomerAttributes").Split(';', StringSplitOptions.RemoveEmptyEntries);
        var (skip, top) = (Number(context, "$skip"), Math.Min(Number(context, "$top") is > 0 and var asked ? asked : 10_000, state.PageCap));
        var channel = Number(context, "ChannelID");
        if (!state.Campaigns.TryGetValue((Query(context, "CampaignID"), channel), out var campaign)) return (404, "no data");
        return Rows(campaign.Customers.Skip(skip).Take(top).Select(customer => Customer(campaign, customer, attributes, scheduleName)));
    }

    private JsonObject Customer(DoubleCampaign campaign, DoubleCustomer customer, string[] attributes, string scheduleName)
    {
        var quirks = state.Quirks;
        var values = attributes.Select(name => state.Customers.TryGetValue(customer.Id, out var known) && known.TryGetValue(name, out var value) ? value : quirks.NullText ? "NULL" : null).ToList();
        var row = new JsonObject
        {
            ["CustomerID"] = customer.Id,
            ["ActionID"] = customer.IsControl ? 1 : 31,
            [quirks.StringIds ? "ChannelId" : "ChannelID"] = Id(campaign.ChannelId),
            ["TemplateID"] = Id(customer.Template),
            [scheduleName] = customer.Schedule ?? (quirks.NullText ? "NULL" : null),
            ["PromoCode"] = customer.PromoCode ?? (quirks.NullText ? "NULL" : null),
        };
        if (quirks.DelimitedAttributes) row["CustomerAttribute"] = string.Join(';', values);
        else row["CustomerAttributes"] = new JsonArray([.. values.Select(value => (JsonNode?)value)]);
        return row;
    }

    private JsonValue Id(int id) => state.Quirks.StringIds ? JsonValue.Create(id.ToString(CultureInfo.InvariantCulture)) : JsonValue.Create(id);

    private (int Status, string? Body) AddTemplates(HttpContext context, JsonArray templates)
    {
        if (templates.Count is 0 or > 100) return (400, "1 to 100 templates");
        lock (state.Lock)
        {
            var channel = Number(context, "ChannelID");
            if (!state.Templates.TryGetValue(channel, out var known)) state.Templates[channel] = known = [];
            foreach (var template in templates)
            {
                if (template!["TemplateName"]?.GetValue<string>() is not { Length: > 0 } name) return (400, "name");
                known[template["TemplateID"]!.GetValue<int>()] = name;
            }
        }

        return (200, null);
    }

    private (int Status, string? Body) DeleteTemplates(JsonArray templates)
    {
        if (templates.Count is 0 or > 100) return (400, "1 to 100 templates");
        lock (state.Lock)
        {
            foreach (var template in templates)
            {
                if (state.Templates.TryGetValue(template!["ChannelID"]!.GetValue<int>(), out var known)) known.Remove(template["TemplateID"]!.GetValue<int>());
            }
        }

        return (200, null);
    }

    private List<KeyValuePair<int, string>> TemplatesOf(int channel)
    {
        lock (state.Lock) return state.Templates.TryGetValue(channel, out var known) ? [.. known] : [];
    }

    private static (int Status, string? Body) Interactions(JsonObject body)
    {
        if (body["InteractionDate"]?.GetValue<string>() is not { Length: 10 } || body["CustomerIDs"] is not JsonArray { Count: > 0 and <= 10_000 } customers) return (400, "interactions");
        return customers.Select(customer => customer!.GetValue<string>()).Distinct(StringComparer.Ordinal).Count() == customers.Count ? (200, null) : (400, "a customer is named twice");
    }

    private IEnumerable<DoubleCampaign> Of(HttpContext context) => state.Campaigns.Values.Where(campaign => campaign.Id.Equals(Query(context, "CampaignID"), StringComparison.OrdinalIgnoreCase));

    private (int Status, string? Body) Rows(IEnumerable<JsonObject> rows)
    {
        var list = rows.ToList();
        if (state.Quirks.CamelCase) list = [.. list.Select(row => new JsonObject(row.Select(pair => KeyValuePair.Create(char.ToLowerInvariant(pair.Key[0]) + pair.Key[1..], pair.Value?.DeepClone()))))];
        return (200, new JsonArray([.. list]).ToJsonString());
    }

    private static JsonObject Object(string body) => JsonNode.Parse(body)!.AsObject();

    private static JsonArray Array(string body) => JsonNode.Parse(body)!.AsArray();

    private static string Query(HttpContext context, string name) => context.Request.Query[name].ToString();

    private static int Number(HttpContext context, string name) => int.TryParse(Query(context, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
