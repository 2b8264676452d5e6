using System.Net;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Optimove;
using ClosedLoop.Optimove.Api;
using ClosedLoop.Optimove.Outbound;

namespace ClosedLoop.Optimove;

/// <summary>What must hold for a connector beyond its form (optimove spec section 10.1).</summary>
public static class ConnectorCheck
{
    /// <param name="definition">The connector.</param>
    /// <param name="client">Whose.</param>
    /// <param name="allowInside">Whether plain http passes, for trials.</param>
    public static IEnumerable<string> Faults(OptimoveDefinition definition, ClientDefinition client, bool allowInside)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(client);
        if (BaseAddress.TryNormalise(definition.BaseUrl, allowInside) is null) yield return $"baseUrl is '{definition.BaseUrl}'; expected an https address such as https://api5.optimove.net.";
        if (definition.UserName is { } user && (user.Length is 0 or > 200 || user.Any(char.IsControl))) yield return "userName is empty, longer than 200 characters, or has control characters in it.";
        if (definition.Channels.Count is 0 or > 100) yield return $"channels has {definition.Channels.Count} entries; expected 1 to 100.";
        foreach (var channel in definition.Channels.Where(channel => channel.ChannelId < 1)) yield return $"channels: channelId {channel.ChannelId}; expected the number that Optimove has assigned.";
        foreach (var twice in definition.Channels.GroupBy(channel => channel.ChannelId).Where(group => group.Count() > 1)) yield return $"channels: channelId {twice.Key} stands there {twice.Count()} times.";
        foreach (var param in definition.Params.Where(param => client.List.IndexOf(param.PrettyName) < 0)) yield return $"params: '{param.PrettyName}' is no field of the client's list.";
        foreach (var twice in definition.Params.GroupBy(param => param.PrettyName, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1)) yield return $"params: '{twice.Key}' is filled {twice.Count()} times.";
        foreach (var param in definition.Params.Where(param => param.OptimoveName.Length == 0 || param.OptimoveName.Contains(';', StringComparison.Ordinal))) yield return $"params: '{param.OptimoveName}' is no real field name.";
        foreach (var twice in definition.Templates.GroupBy(template => template.TemplateId).Where(group => group.Count() > 1)) yield return $"templates: templateId {twice.Key} stands there {twice.Count()} times.";
        foreach (var hook in definition.Hooks.Where(hook => hook.Event.Length == 0 || hook.Fields.Count == 0 || hook.Fields.Any(field => field.Path.Length == 0 || field.RealFieldName.Length == 0)))
            yield return $"hooks: '{hook.Name}' lacks an event, or a field with path and realFieldName.";
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(definition.TimeZone, out _)) yield return $"timeZone is '{definition.TimeZone}'; expected an IANA zone such as Europe/Istanbul that this machine knows.";
        foreach (var name in definition.EventIds.Keys.Except(InteractionNames.All, StringComparer.Ordinal)) yield return $"eventIds: '{name}' is none of {string.Join(", ", InteractionNames.All)}.";
        foreach (var network in definition.AllowedAddresses.Where(text => !IPAddress.TryParse(text, out _) && !IPNetwork.TryParse(text, out _))) yield return $"allowedAddresses has '{network}'; expected an IP address or a CIDR block.";
        if (definition.MetricsMode == MetricsMode.EngagementEvents && definition.EngagementUrl is null) yield return "metricsMode is engagementEvents and engagementUrl is not set.";
        if (definition.EngagementUrl is { } url && (BaseAddress.TryNormalise(url, allowInside) is null)) yield return $"engagementUrl is '{url}'; expected an https address.";
        foreach (var fault in Numbers(definition)) yield return fault;
    }

    private static IEnumerable<string> Numbers(OptimoveDefinition definition)
    {
        if (definition.CloseAfterHours is not (>= 0 and <= 720)) yield return FormattableString.Invariant($"closeAfterHours is {definition.CloseAfterHours}; expected 0 to 720.");
        if (definition.MaxLatenessHours is not (>= 0 and <= 720)) yield return FormattableString.Invariant($"maxLatenessHours is {definition.MaxLatenessHours}; expected 0 to 720.");
        if (definition.MaxTriggerAgeMinutes is not (>= 0.1 and <= 1440)) yield return FormattableString.Invariant($"maxTriggerAgeMinutes is {definition.MaxTriggerAgeMinutes}; expected 0.1 to 1440.");
        if (definition.RequestsPerTenSeconds is < 1 or > 50) yield return $"requestsPerTenSeconds is {definition.RequestsPerTenSeconds}; expected 1 to 50.";
        if (definition.PageSize is < 1 or > 10_000) yield return $"pageSize is {definition.PageSize}; expected 1 to 10000.";
        if (definition.TriggersPerSecond is < 1 or > 100_000) yield return $"triggersPerSecond is {definition.TriggersPerSecond}; expected 1 to 100000.";
        if (definition.TriggersPerCustomerHour is < 1 or > 10_000) yield return $"triggersPerCustomerHour is {definition.TriggersPerCustomerHour}; expected 1 to 10000.";
        if (definition.ModeOptIn is null != definition.ModeOptOut is null) yield return "modeOptIn and modeOptOut go together; set both or none.";
    }
}
