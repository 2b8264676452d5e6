using System.Globalization;
using System.Text;

namespace ClosedLoop.Optimove.Double;

/// <summary>Calls listeners as Optimove does: 10 seconds, and again after 1, 5 and 30 s when it fails.</summary>
public sealed class ListenerCalls(DoubleState state) : IDisposable
{
    private static readonly int[] Pauses = [1, 5, 30];

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };

    /// <summary>Tells every listener of the event and channel.</summary>
    /// <returns>Status of each call that came through, 0 for one that never did.</returns>
    public async Task<IReadOnlyList<int>> FireAsync(FireOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (order.Type == 4) state.Cancelled[order.Campaign] = state.Now;
        var listeners = state.ListenersNow().Where(listener => listener.EventType == order.Type && (listener.ChannelId == 0 || order.Channel is null || listener.ChannelId == order.Channel)).ToList();
        var body = Body(order);
        return await Task.WhenAll(listeners.SelectMany(listener => Enumerable.Range(0, order.Concurrent).Select(_ => CallAsync(listener.Url, body, order.Retry))));
    }

    public async Task<int> CallAsync(string url, string body, bool retry)
    {
        for (var attempt = 0; ; attempt++)
        {
            var status = await OnceAsync(url, body);
            if (status is >= 200 and < 300 || !retry || attempt == Pauses.Length) return status;
            await Task.Delay(TimeSpan.FromSeconds(Pauses[attempt]));
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<int> OnceAsync(string url, string body)
    {
        try
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var response = await _http.PostAsync(new Uri(url), content);
            return (int)response.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return 0;
        }
    }

    private string Body(FireOrder order)
    {
        var members = new List<string> { Member(order, "EventTypeID", order.Type.ToString(CultureInfo.InvariantCulture)) };
        members.Add(Member(order, "TimeStamp", Quoted(order.TimeStamp ?? state.Now.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture))));
        var isNumber = long.TryParse(order.Campaign, NumberStyles.None, CultureInfo.InvariantCulture, out _);
        members.Add(Member(order, "CampaignID", isNumber && order.Style != "camel" ? order.Campaign : Quoted(order.Campaign)));
        if (order.Channel is { } channel) members.Add(Member(order, "ChannelID", channel.ToString(CultureInfo.InvariantCulture)));
        if (order.Template is { } template) members.Add(Member(order, "TemplateID", template.ToString(CultureInfo.InvariantCulture)));
        if (order.Customer is { } customer) members.Add(Member(order, "CustomerID", Quoted(customer)));
        if (order.PromoCode is { } codes) members.Add(Member(order, "PromoCode", codes));
        members.AddRange(order.Extra.Select(pair => $"{Quoted(pair.Key)}:{pair.Value}"));
        return "{" + string.Join(',', members) + "}";
    }

    private static string Member(FireOrder order, string name, string value)
    {
        var written = order.Style switch
        {
            "camel" => char.ToLowerInvariant(name[0]) + name[1..],
            "netmera" => (char.ToLowerInvariant(name[0]) + name[1..]).Replace("ID", "Id", StringComparison.Ordinal),
            _ => name,
        };
        return $"{Quoted(written)}:{value}";
    }

    private static string Quoted(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}
