using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ClosedLoop.Optimove.Double;

/// <summary>The API itself: key, rate limit, faults, journal; functions by name, with and without <c>/current</c>.</summary>
internal sealed partial class DoubleApi(DoubleState state)
{
    private const long WindowMilliseconds = 10_000;

    /// <summary>What a key of a third party may call (section 2.2).</summary>
    private static readonly HashSet<string> Integrations = new(
        [
            "GetLastDataUpdate", "RegisterEventListener", "UnregisterEventListener", "GetRegisteredEventListener", "GetRegisteredEventListeners", "GetCampaignDetails",
            "GetExecutedCampaignChannelDetails", "GetExecutedCampaignsByChannel", "GetCustomerOneTimeActionsByCampaign", "GetCustomerAttributeChangers", "GetCustomerSendDetailsByChannel",
            "GetCampaignInteractionCustomers", "GetCustomerChannelInteractions", "GetCustomerExecutionDetailsByCampaign", "AddChannelTemplates", "GetChannelTemplates",
            "GetChannelTemplateDetails", "DeleteChannelTemplates", "AddChannelApps", "DeleteChannelApps", "UpdateCampaignMetrics", "UpdateCampaignInteractions", "SetCustomerChannelPreference",
        ], StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> Posts = new(
        [
            "RegisterEventListener", "UnregisterEventListener", "AddChannelTemplates", "DeleteChannelTemplates", "AddChannelApps", "DeleteChannelApps", "UpdateCampaignMetrics",
            "UpdateCampaignInteractions", "UpdateCustomerAttributes", "AddCustomerAttribute", "SetCustomerChannelPreference", "saveEvent", "login",
        ], StringComparer.OrdinalIgnoreCase);

    public async Task HandleAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        var function = FunctionOf(context.Request.Path);
        var (status, answer) = Answer(context, function, body);
        var fault = TakeFault(function);
        if (fault is { Status: > 0 }) (status, answer) = (fault.Status, fault.Body ?? $"fault {fault.Status}");
        else if (fault is { Body: { } other }) answer = other;
        lock (state.Lock)
            state.Calls.Add(new DoubleCall(DateTimeOffset.UtcNow, context.Request.Method, context.Request.Path + context.Request.QueryString, function, [.. context.Request.Headers.Keys], body, status));
        if (fault is { Delay: > 0 }) await Task.Delay(fault.Delay);
        if (fault is { DropAfterSend: true })
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = status;
        if (status == 429 && state.RetryAfter > 0) context.Response.Headers.RetryAfter = state.RetryAfter.ToString(CultureInfo.InvariantCulture);
        if (answer is null) return;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer);
    }

    private (int Status, string? Body) Answer(HttpContext context, string function, string body)
    {
        if (function.Equals("saveEvent", StringComparison.OrdinalIgnoreCase)) return SaveEvent(context, body);
        if (function.Equals("login", StringComparison.OrdinalIgnoreCase)) return Login(context, body);
        var key = context.Request.Headers["X-API-KEY"].ToString();
        var token = context.Request.Headers["Authorization-Token"].ToString();
        KeyRole role;
        if (state.LegacyLogin && token.Length > 0)
        {
            if (RoleOf(token, out var refusal) is not { } allowed) return refusal;
            (key, role) = (token, allowed);
        }
        else if (!state.Keys.TryGetValue(key, out role))
        {
            return (401, "\"unknown key\"");
        }

        if (!Admit(key)) return (429, """{"status":429,"error":"Too Many Requests","message":"rate limit exceeded"}""");
        var method = function.Equals("UpsertCustomer", StringComparison.OrdinalIgnoreCase) ? "PUT" : Posts.Contains(function) ? "POST" : "GET";
        if (context.Request.Method != method) return (405, "wrong verb");
        if (role == KeyRole.Integrations && !Integrations.Contains(function)) return (403, "the role lacks this function");
        if (method == "POST" && context.Request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true) return (400, "content type");
        if (NextFaultReplaces(function)) return (200, null);
        try
        {
            return Call(context, function, body);
        }
        catch (Exception e) when (e is JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            return (400, "bad request: " + e.Message);
        }
    }

    private bool Admit(string key)
    {
        lock (state.Lock)
        {
            if (!state.Windows.TryGetValue(key, out var window)) state.Windows[key] = window = new Queue<long>();
            var now = Environment.TickCount64;
            while (window.TryPeek(out var oldest) && now - oldest >= WindowMilliseconds) window.Dequeue();
            state.Busiest = Math.Max(state.Busiest, window.Count + 1);
            if (window.Count >= state.RateLimit) return false;
            window.Enqueue(now);
            return true;
        }
    }

    /// <summary>A fault with a status stands for a request that was not carried out.</summary>
    private bool NextFaultReplaces(string function)
    {
        lock (state.Lock) return state.Faults.Find(fault => IsFor(fault, function)) is { Status: > 0 };
    }

    private DoubleFault? TakeFault(string function)
    {
        lock (state.Lock)
        {
            var fault = state.Faults.Find(each => IsFor(each, function));
            if (fault is null) return null;
            fault.Times--;
            return fault;
        }
    }

    private static bool IsFor(DoubleFault fault, string function) => fault.Times > 0 && (fault.Path == "*" || fault.Path.Equals(function, StringComparison.OrdinalIgnoreCase));

    private static string FunctionOf(PathString path)
    {
        var parts = path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries).ToList();
        if (parts.Count > 0 && parts[0].Equals("current", StringComparison.OrdinalIgnoreCase)) parts.RemoveAt(0);

        // Customers/{id}/Attributes has the customer in its path.
        if (parts.Count == 3 && parts[0].Equals("customers", StringComparison.OrdinalIgnoreCase) && parts[2].Equals("attributes", StringComparison.OrdinalIgnoreCase)) return "GetCustomerAttributes";
        return parts.Count == 0 ? "" : parts[^1];
    }

    private (int Status, string? Body) SaveEvent(HttpContext context, string body)
    {
        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(state.EngagementToken), Encoding.UTF8.GetBytes(body)));
        return context.Request.Headers["X-Optimove-Signature-Content"] == expected && context.Request.Headers["X-Optimove-Signature-Version"] == "1"
            ? (200, """{"status":"success","message":"1"}""")
            : (401, """{"status":"error","message":"signature"}""");
    }
}
