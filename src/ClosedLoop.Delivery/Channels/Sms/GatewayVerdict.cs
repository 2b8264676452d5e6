using System.Globalization;
using ClosedLoop.Delivery.Channels.Http;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;

namespace ClosedLoop.Delivery.Channels.Sms;

/// <summary>What a gateway's answer means: its own rules first, then the status.</summary>
internal static class GatewayVerdict
{
    /// <summary>What rules may mean.</summary>
    public static readonly IReadOnlyList<string> Meanings = ["accepted", "retry", "throttled", "giveUp", "invalid", "unknown"];

    public static ChannelResult Of(ProviderAnswer answer, SmsGatewaySettings settings, string address)
    {
        if (answer.Missing is { } missing) return missing;
        var said = ProviderText.Clean(string.Create(CultureInfo.InvariantCulture, $"HTTP {answer.Status} {answer.Body}"), address);
        return settings.Rules.FirstOrDefault(rule => Fits(rule, answer))?.Means switch
        {
            "accepted" => Accepted(),
            "retry" => ChannelResult.Later(said, answer.RetryAfter, answer.Status),
            "throttled" => ChannelResult.Throttled(said, answer.RetryAfter, answer.Status),
            "giveUp" => ChannelResult.Refused(said, answer.Status),
            "invalid" => ChannelResult.Dead(said, answer.Status),
            "unknown" => ChannelResult.InDoubt(said),
            _ => ByStatus(),
        };

        ChannelResult Accepted() => ChannelResult.Accepted(IdOf() is { Length: > 0 and <= 200 } id ? [id] : []) with { Code = answer.Status };

        string? IdOf() => settings.IdPath is { } path ? JsonPath.Find(answer.Body, path) : null;

        ChannelResult ByStatus() => answer.Status switch
        {
            >= 200 and < 300 => Accepted(),
            429 or 503 => ChannelResult.Throttled(said, answer.RetryAfter, answer.Status),
            401 or 403 or 404 or (>= 300 and < 400) => new ChannelResult(ChannelAction.GiveUp, said) { Scope = ChannelScope.Provider, Code = answer.Status },

            // A gateway that broke while it had the message has taken it or not: RFC 9110 section 15.6 says nothing of either.
            408 or >= 500 => ChannelResult.InDoubt(said),
            _ => ChannelResult.Refused(said, answer.Status),
        };
    }

    private static bool Fits(GatewayRule rule, ProviderAnswer answer)
    {
        if (rule.Status is { } status && !IsStatus(status, answer.Status)) return false;
        if (rule.Contains is { } part && !answer.Body.Contains(part, StringComparison.OrdinalIgnoreCase)) return false;
        if (rule.Path is not { } path) return true;
        return JsonPath.Find(answer.Body, path) is { } value && (rule.Values.Count == 0 || rule.Values.Contains(value, StringComparer.OrdinalIgnoreCase));
    }

    private static bool IsStatus(string pattern, int status) => pattern.Length == 3 && pattern.EndsWith("xx", StringComparison.OrdinalIgnoreCase)
        ? pattern[0] - '0' == status / 100
        : pattern == status.ToString(CultureInfo.InvariantCulture);
}
