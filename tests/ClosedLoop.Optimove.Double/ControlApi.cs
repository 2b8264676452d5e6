using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClosedLoop.Optimove.Double;

/// <summary><c>/_double/…</c>: seeds the double, fires events, sets faults, shows the journal. From this machine only.</summary>
internal sealed class ControlApi(DoubleState state, ListenerCalls calls)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public async Task HandleAsync(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is { } address && !IPAddress.IsLoopback(address))
        {
            context.Response.StatusCode = 404;
            return;
        }

        var what = context.Request.Path.Value!["/_double/".Length..].TrimEnd('/');
        object? answer = new { done = true };
        switch (what)
        {
            case "reset":
                state.Reset();
                break;
            case "keys":
                foreach (var (key, role) in await BodyAsync<Dictionary<string, KeyRole>>(context)) state.Keys[key] = role;
                break;
            case "users":
                foreach (var (name, user) in await BodyAsync<Dictionary<string, DoubleUser>>(context)) state.Users[name] = user;
                state.LegacyLogin = true;
                break;
            case "templates":
                foreach (var (channel, templates) in await BodyAsync<Dictionary<int, Dictionary<int, string>>>(context)) state.Templates[channel] = new SortedDictionary<int, string>(templates);
                break;
            case "customers":
                foreach (var (id, values) in await BodyAsync<Dictionary<string, Dictionary<string, string>>>(context))
                {
                    state.Customers[id] = new ConcurrentDictionary<string, string>(values, StringComparer.OrdinalIgnoreCase);
                    foreach (var field in values.Keys) state.Fields.TryAdd(field, 0);
                }

                break;
            case "campaigns":
                foreach (var campaign in await BodyAsync<List<DoubleCampaign>>(context)) state.Campaigns[(campaign.Id, campaign.ChannelId)] = campaign;
                break;
            case "fire":
                answer = new { statuses = await calls.FireAsync(await BodyAsync<FireOrder>(context)) };
                break;
            case "fault":
                state.AddFault(await BodyAsync<DoubleFault>(context));
                break;
            case "clock":
                state.ClockOffset += TimeSpan.FromSeconds(await BodyAsync<double>(context));
                break;
            case "limits":
                var limits = await BodyAsync<Dictionary<string, int>>(context);
                state.RateLimit = limits.GetValueOrDefault("rateLimit", state.RateLimit);
                state.PageCap = limits.GetValueOrDefault("pageCap", state.PageCap);
                state.RetryAfter = limits.GetValueOrDefault("retryAfter", state.RetryAfter);
                break;
            case "quirks":
                state.Quirks = await BodyAsync<DoubleQuirks>(context);
                break;
            case "listeners":
                answer = state.ListenersNow();
                break;
            case "calls":
                lock (state.Lock) answer = state.Calls.ToArray();
                break;
            default:
                context.Response.StatusCode = 404;
                return;
        }

        await context.Response.WriteAsJsonAsync(answer, Json);
    }

    private static async Task<T> BodyAsync<T>(HttpContext context) => (await JsonSerializer.DeserializeAsync<T>(context.Request.Body, Json))!;
}
