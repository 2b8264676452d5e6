using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;

namespace ClosedLoop.Optimove.Double;

internal sealed partial class DoubleApi
{
    private static readonly HttpClient CallbackClient = new() { Timeout = TimeSpan.FromSeconds(10) };

    private (int Status, string? Body) UpdateAttributes(JsonObject body)
    {
        var customers = body["CustomerNewAttributesValuesList"]!.AsArray();
        if (customers.Count is 0 or > 1_000 || customers.Any(customer => customer!["Attributes"]!.AsArray().Count is 0 or > 10)) return (400, "1 to 1000 customers with 1 to 10 attributes");
        var errors = new JsonArray();
        foreach (var customer in customers)
        {
            var id = customer!["CustomerID"]!.GetValue<string>();
            foreach (var attribute in customer["Attributes"]!.AsArray())
            {
                var (field, value) = (attribute!["RealFieldName"]!.GetValue<string>(), attribute["Value"]!.GetValue<string>());
                var error = !state.Customers.ContainsKey(id) ? "INVALID_CUSTOMER" : !state.Fields.ContainsKey(field) ? "INVALID_FIELD" : state.LockedFields.ContainsKey(field) ? "4" : null;
                if (error is null) state.Customers[id][field] = value;
                else errors.Add(new JsonObject { ["error"] = error, ["customerId"] = id, ["realFieldName"] = field });
            }
        }

        var request = Guid.NewGuid().ToString();
        if (body["CallbackURL"]?.GetValue<string>() is { } url) CallBack(url, new JsonObject { ["isSuccess"] = errors.Count == 0, ["requestId"] = request, ["errors"] = errors });
        return (202, $$"""{"requestId":"{{request}}"}""");
    }

    private (int Status, string? Body) AddAttribute(JsonObject body)
    {
        var name = body["Name"]!.GetValue<string>();
        var isNew = state.Fields.TryAdd(name, 0);
        if (body["CallbackURL"]?.GetValue<string>() is { } url) CallBack(url, new JsonObject { ["attributeName"] = name, ["isSuccess"] = isNew, ["errorId"] = isNew ? null : 2 });
        return (200, null);
    }

    private (int Status, string? Body) Upsert(JsonObject body)
    {
        var values = state.Customers.GetOrAdd(body["CustomerId"]!.GetValue<string>(), _ => new ConcurrentDictionary<string, string>(StringComparer.OrdinalIgnoreCase));
        foreach (var attribute in body["Attributes"]!.AsArray()) values[attribute!["RealFieldName"]!.GetValue<string>()] = attribute["Value"]?.ToString() ?? "";
        return (200, """{"errors":[]}""");
    }

    private void CallBack(string url, JsonObject body)
    {
        var (delay, times) = (state.CallbackDelay, state.Callbacks);
        var text = body.ToJsonString();
        _ = Task.Run(async () =>
        {
            for (var i = 0; i < times; i++)
            {
                await Task.Delay(delay);
                try
                {
                    using var content = new StringContent(text, Encoding.UTF8, "application/json");
                    using var response = await CallbackClient.PostAsync(new Uri(url), content);
                }
                catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
                {
                    // Whoever is called back may be gone; Optimove does not try again.
                }
            }
        });
    }
}
