using System.Globalization;
using ClosedLoop.Data.Delivery;
using ClosedLoop.Model;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Operations.Reading;

/// <summary>Says in a sentence why a message is where it is. Dashboard, API and command line say the same.</summary>
internal static class Why
{
    /// <param name="facts">What is known of the message.</param>
    /// <param name="lanes">Asked for holds only when the message waits.</param>
    /// <param name="now">Microseconds.</param>
    public static string Of(WhyFacts facts, Func<IReadOnlyList<LaneHold>> lanes, long now)
    {
        var at = facts.DoneAt is { } done ? $" on {Time(done)}" : "";
        var reason = facts.Reason?.TrimEnd('.');
        return facts.State switch
        {
            RecipientState.Sent => $"Handed over{at} to the relay, which took it{(facts.ReplyCode is > 0 and var code ? string.Create(CultureInfo.InvariantCulture, $" ({code})") : "")}.",
            RecipientState.Failed => $"Not delivered{at}: {reason ?? "refused"}.",
            RecipientState.Suppressed => $"Not sent{at}: {reason ?? "suppressed"}.{Origin(facts)}",
            RecipientState.Unknown => $"In doubt{at}: {reason ?? "the process or the connection ended after the message may have been handed over"}. It is not sent again by itself; a resend of the mailing with --unknown does that.",
            RecipientState.Cancelled => $"Not sent{at}: the mailing was cancelled before it was this person's turn.",
            RecipientState.Sending => "Being handed over right now.",
            _ => Waits(facts, lanes, now),
        };
    }

    /// <summary>What stood against it, where it came from and since when; only what the outcome names.</summary>
    private static string Origin(WhyFacts facts)
    {
        var (code, standing) = (facts.Reason is { Length: >= 4 } reason ? reason[..4] : "", facts.Standing);

        // What was known of somebody who was erased is not on record on purpose.
        if (code == "W210") return "";
        var lines = standing.Suppressions.Where(line => code is not ("W207" or "W208" or "W209") || (code == "W207" && line.Kind == "blocked") || (code == "W208" && line.Kind == "unsubscribed")).ToList();
        if (lines.Count > 0)
        {
            return string.Concat(lines.Select(line => string.Create(
                CultureInfo.InvariantCulture,
                $" {char.ToUpperInvariant(line.Kind[0])}{line.Kind[1..]}{(line.At > 0 ? $" since {Time(line.At)}" : "")} by {(line.Pattern is null ? line.Origin : $"pattern {line.Pattern} ({line.Origin})")}{(line.MailingId is { } id ? $", from mailing {id}" : "")}.")));
        }

        return standing.OverLimit
            ? string.Create(CultureInfo.InvariantCulture, $" Bounces counted: {standing.Hard} hard (limit {standing.HardLimit}), {standing.Soft} soft (limit {standing.SoftLimit}).")
            : standing.GetsMail ? " What stood against it then is no longer on record: mail would be sent now." : "";
    }

    private static string Waits(WhyFacts facts, Func<IReadOnlyList<LaneHold>> lanes, long now)
    {
        var mailing = facts.Mailing;
        switch (mailing.State)
        {
            case MailingState.Paused: return "Waits: the mailing is paused.";
            case MailingState.Queued when mailing.StartAt > now: return $"Waits: the mailing starts on {Time(mailing.StartAt.Value)}.";
            case MailingState.Queued or MailingState.Prepared: return "Waits: the mailing is queued behind another copy of its source.";
        }

        if (facts.DueAt > now) return $"Waits until {Time(facts.DueAt)}: {facts.Reason?.TrimEnd('.') ?? "delayed"}.";
        var hold = lanes().FirstOrDefault(lane => lane.Until > now && Holds(lane, facts));
        return hold is null ? "Waits for its turn." : $"Waits: lane {hold.Name} is held until {Time(hold.Until)} ({hold.Reason}).";
    }

    /// <summary>A lane is <c>client/relay:port</c> for all mail of the client, or that with a recipient domain behind it.</summary>
    private static bool Holds(LaneHold lane, WhyFacts facts) =>
        facts.Mailing.Channel == MessageChannel.Mail && lane.Name.Split('/') is [var client, var relay, .. var domain] && client == facts.Standing.ClientKey && relay.Contains(':', StringComparison.Ordinal)
        && (domain is [] || facts.Address.EndsWith("@" + domain[^1], StringComparison.OrdinalIgnoreCase));

    private static string Time(long microseconds) => Instants.FromMicroseconds(microseconds).ToString("yyyy-MM-dd HH:mm:ss' UTC'", CultureInfo.InvariantCulture);
}
