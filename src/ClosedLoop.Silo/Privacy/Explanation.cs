using System.Globalization;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Privacy;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Model;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Silo.Privacy;

/// <summary>Says in a sentence what a state means for a person, and where it comes from.</summary>
internal static class Explanation
{
    public static string Of(PersonMessage message, MailingRow mailing, PersonStanding standing)
    {
        var at = message.DoneAt is { } done ? " " + Time(done) : "";
        return message.State switch
        {
            RecipientState.Sent => $"the relay took it{at}" + (message.ReplyCode is > 0 and var code ? string.Create(CultureInfo.InvariantCulture, $" ({code})") : ""),
            RecipientState.Failed => $"not sent: refused for good, or no message could be made{at}: {message.Reason}",
            RecipientState.Suppressed => $"not sent{at}: {message.Reason}{Origin(message.Reason, standing)}",
            RecipientState.Unknown => $"in doubt{at}: {message.Reason}; it is not repeated by itself, see closedloop mailings resend --unknown",
            RecipientState.Cancelled => $"not sent: the mailing was cancelled{at}",
            RecipientState.Sending => "being handed over now",
            _ => Waiting(message, mailing),
        };
    }

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

    private static string Waiting(PersonMessage message, MailingRow mailing) => mailing.State switch
    {
        MailingState.Paused => "waits: the mailing is paused, see closedloop mailings resume",
        MailingState.Queued when mailing.StartAt is { } start => $"waits: the mailing starts {Time(start)}",
        MailingState.Queued => "waits: another copy of the same source goes first",
        MailingState.Sending when message.DueAt is > 1 and var due => $"waits until {Time(due)}: {message.Reason}",
        MailingState.Sending => "waits for its turn",
        _ => "waits: the mailing is not being sent yet",
    };

    private static string Origin(string? reason, PersonStanding standing)
    {
        if (reason is null) return "";
        var kind = reason.StartsWith("W208", StringComparison.Ordinal) ? SuppressionKind.Unsubscribed : reason.StartsWith("W207", StringComparison.Ordinal) ? SuppressionKind.Blocked : (SuppressionKind?)null;
        return kind is null || standing.Suppressed.FirstOrDefault(entry => entry.Kind == kind) is not { } entry ? "" : $", since {Time(entry.RecordedAt)}{Via(entry)}";
    }

    private static string Via(PersonSuppression entry) =>
        $" by {entry.Reason}" + (entry.MailingId is { } mailing ? string.Create(CultureInfo.InvariantCulture, $" of mailing {mailing}") : "");

    private static string Time(long microseconds) => Instants.FromMicroseconds(microseconds).ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
