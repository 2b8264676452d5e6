using ClosedLoop.Model.Optimove;
using ClosedLoop.Optimove.Api;
using ClosedLoop.Optimove.Secrets;

namespace ClosedLoop.Optimove.Registration;

/// <summary>A listener that is to be registered.</summary>
/// <param name="EventType">Type of event.</param>
/// <param name="ChannelId">Null for all channels.</param>
/// <param name="Url">With the key.</param>
internal sealed record WantedListener(int EventType, int? ChannelId, string Url)
{
    private const string Path = "/optimove/event/";

    /// <summary>All listeners of a connector: 11 and 13 for each channel, and cancellations (optimove spec section 10.1).</summary>
    public static IReadOnlyList<WantedListener> Of(OptimoveDefinition definition, OptimoveOptions options, string appKey)
    {
        if (!definition.Active) return [];
        var wanted = definition.Channels.SelectMany(channel => new[] { EventType11(channel), EventType13(channel) }).ToList();
        if (definition.CancelListenerScope == CancelListenerScope.AllChannels) wanted.Add(Make(Inbound.EventType.Cancelled, channelId: null));
        else wanted.AddRange(definition.Channels.Select(channel => Make(Inbound.EventType.Cancelled, channel.ChannelId)));
        return wanted;

        WantedListener EventType11(OptimoveChannel channel) => Make(Inbound.EventType.Triggered, channel.ChannelId);

        WantedListener EventType13(OptimoveChannel channel) => Make(Inbound.EventType.Executed, channel.ChannelId);

        WantedListener Make(int type, int? channelId) => new(
            type, channelId, FormattableString.Invariant($"{options.PublicUrl.ToString().TrimEnd('/')}{options.BasePath}{Path}{appKey}?e={type}{(channelId is { } id ? FormattableString.Invariant($"&c={id}") : "")}"));
    }

    public bool Is(OptimoveRows.Listener registered) => registered.EventType == EventType && registered.ChannelId == (ChannelId ?? 0) && Decode(registered.Url) == Url;

    /// <summary>The key in an address of our kind; null for an address of anybody else.</summary>
    public static string? KeyIn(string url)
    {
        if (!Uri.TryCreate(Decode(url), UriKind.Absolute, out var uri)) return null;
        var at = uri.AbsolutePath.LastIndexOf(Path, StringComparison.OrdinalIgnoreCase);
        if (at < 0) return null;
        var key = uri.AbsolutePath[(at + Path.Length)..].TrimEnd('/');
        return key.Length > 0 && !key.Contains('/', StringComparison.Ordinal) ? key : null;
    }

    /// <summary>An address as people may read it.</summary>
    public static string Marked(string url) => KeyIn(url) is { } key ? Decode(url).Replace(key, AppKey.Mark(key), StringComparison.Ordinal) : url;

    /// <summary>Some write addresses percent-encoded into JSON.</summary>
    private static string Decode(string url) => url.StartsWith("http%3A", StringComparison.OrdinalIgnoreCase) || url.StartsWith("https%3A", StringComparison.OrdinalIgnoreCase) ? Uri.UnescapeDataString(url) : url;
}
