using System.Globalization;
using ClosedLoop.Data.Privacy;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Model;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Silo.Privacy;

/// <summary>Says in a sentence whether a person gets mail, and why not.</summary>
internal static class Explanation
{
    /// <summary>Whether the next file of the client would reach the person.</summary>
    public static string MayBeMailed(PersonStanding standing, bool erased, AddressPattern? blocked, int hardLimit, int softLimit)
    {
        if (erased) return "no: the person was erased (W210)";
        if (blocked is not null) return $"no: on the blocklist as {blocked.Text} (W207)";
        if (standing.Suppressed.FirstOrDefault(entry => entry.Kind == SuppressionKind.Blocked) is { } block) return $"no: on the blocklist since {Time(block.RecordedAt)}: {block.Reason} (W207)";
        if (standing.Suppressed.Count > 0) return $"no: unsubscribed since {Time(standing.Suppressed[0].RecordedAt)}{Via(standing.Suppressed[0])} (W208)";
        return standing.HardBounces >= hardLimit || standing.SoftBounces >= softLimit
            ? string.Create(CultureInfo.InvariantCulture, $"no: bounced {standing.HardBounces} times hard and {standing.SoftBounces} times soft, limits {hardLimit} and {softLimit} (W209)")
            : "yes";
    }

    private static string Via(PersonSuppression entry) =>
        $" by {entry.Reason}" + (entry.MailingId is { } mailing ? string.Create(CultureInfo.InvariantCulture, $" of mailing {mailing}") : "");

    private static string Time(long microseconds) => Instants.FromMicroseconds(microseconds).ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
