using System.Globalization;
using ClosedLoop.Data.Alarms;
using ClosedLoop.Data.Delivery;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Silo.Watching;

internal sealed partial class MailingWatch
{
    /// <summary>A mailing that is being sent: late are those whose time has come, those claimed for too long, and all who are put off again and again.</summary>
    private (string, string)? Sending(MailingPulse pulse, List<LaneHold> holds, long since, long now)
    {
        if (StuckClaim(pulse, now) is { } claim) return claim;
        if (pulse.Waiting + pulse.Claimed.Count == 0)
            return pulse.Mailing.Mode != MailingMode.Standing && IsOver(since, Limits.LateSeconds, now) ? ("nobody-works", $"everybody has an outcome {WatchText.Since(since)}, and no silo finishes it") : null;

        // While the service was down nobody could be in time.
        var due = pulse.OldestDue is { } oldest ? Math.Max(oldest, _firstLook) : (long?)null;
        var isLate = (pulse.Ready > 0 && IsOver(since, Limits.LateSeconds, now)) || (due is { } moment && IsOver(moment, Limits.LateSeconds, now));
        if (!isLate) return pulse.Ready == 0 && pulse.Mailing.Mode != MailingMode.Campaign && IsOver(since, Limits.DeferredSeconds, now) ? Deferred(pulse, since) : null;
        return Lane(pulse, holds, since) ?? ("nobody-works", string.Create(CultureInfo.InvariantCulture,
            $"{pulse.Ready} recipients are due {WatchText.Since(Math.Min(since, due ?? since))} and no silo works on slice {pulse.FirstReady / BatchSlice.Size} (first of them: recipient {pulse.FirstReady}); nothing holds it back"));
    }

    /// <summary>The relay as a whole is held: by an operator, or because it cannot be reached or refuses.</summary>
    private (string, string)? Lane(MailingPulse pulse, List<LaneHold> holds, long since)
    {
        if (definitions.FindClient(pulse.Mailing.ClientId)?.Value.Key is not { } client) return null;
        var hold = holds.Find(hold => hold.Name.StartsWith(client + "/", StringComparison.Ordinal) && hold.Name.AsSpan().Count('/') == 1);
        if (hold is null) return null;
        var until = WatchText.At(hold.Until);
        return hold.ByOperator
            ? ("lane-held", string.Create(CultureInfo.InvariantCulture, $"{pulse.Waiting} recipients wait {WatchText.Since(since)}; {hold.Name} is held until {until}: {hold.Reason}; closedloop queues resume"))
            : ("relay-unreachable", string.Create(CultureInfo.InvariantCulture, $"{pulse.Waiting} recipients wait {WatchText.Since(since)}; the relay {hold.Name} does not take mail, {hold.Failures} times in a row, next try {until}: {hold.Reason}"));
    }

    /// <summary>Nobody is due, ever again: each time is put off to a later one.</summary>
    private (string, string) Deferred(MailingPulse pulse, long since)
    {
        var delay = ledger.Delays(pulse.Mailing.MailingId, 1) is [var most, ..] ? most : null;
        return ("deferred", string.Create(CultureInfo.InvariantCulture,
            $"nobody got an outcome or another try {WatchText.Since(since)}; {pulse.Waiting} recipients wait, most of them because of: {delay?.Reason}; earliest {(delay is null ? "unknown" : WatchText.At(delay.First))}"));
    }

    private (string, string)? StuckClaim(MailingPulse pulse, long now)
    {
        var oldest = now;
        var stuck = 0;
        foreach (var (sequence, attempt) in pulse.Claimed)
        {
            var key = (pulse.Mailing.MailingId, sequence, attempt);
            if (!_claims.TryGetValue(key, out var since)) _claims[key] = since = now;
            if (!IsOver(since, Limits.ClaimedSeconds, now)) continue;
            stuck++;
            oldest = Math.Min(oldest, since);
        }

        return stuck == 0 ? null : ("claimed", string.Create(CultureInfo.InvariantCulture,
            $"{stuck} recipients are claimed {WatchText.Since(oldest)} without an outcome; no silo works on slice {pulse.Claimed[0].Sequence / BatchSlice.Size}, or its relay does not answer"));
    }

    private void ForgetClaims(IReadOnlyList<MailingPulse> open)
    {
        var kept = open.SelectMany(pulse => pulse.Claimed.Select(claim => (pulse.Mailing.MailingId, claim.Sequence, claim.Attempt))).ToHashSet();
        foreach (var key in _claims.Keys.Where(key => !kept.Contains(key)).ToList()) _claims.Remove(key);
    }
}
