using System.Globalization;
using ClosedLoop.Data.Alarms;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Delivery;
using ClosedLoop.Data.Files;
using ClosedLoop.Data.Guard;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Watching;

/// <summary>
/// No recipient without progress beyond twice its due time: a recipient that was sent back to wait may be late by <see cref="WatchSettings.LateSeconds"/>, which is
/// the shortest time between two attempts; a mailing whose turn it is may stand still for as long. Whatever is later has an alarm that says what it waits for.
/// </summary>
internal sealed partial class MailingWatch(
    PulseReader pulses, LaneStore lanes, RecipientLedger ledger, FileRegister files, DefinitionStore definitions, InstanceStore instance,
    IMailingReasons reasons, AlarmStore alarms, SiloSettings settings) : IWatch
{
    private readonly Stillness _stillness = new();
    private readonly Dictionary<(long Mailing, int Sequence, int Attempt), long> _claims = [];
    private readonly Dictionary<string, Alarm> _inherited = new(StringComparer.Ordinal);
    private long _firstLook;

    public string Scope => "mailings";

    private WatchSettings Limits => settings.Watch;

    public async Task<WatchLook> LookAsync(long now)
    {
        if (_firstLook == 0)
        {
            // After a restart an alarm stays until its mailing moves: a service that restarts often must not seem to be in order.
            _firstLook = now;
            foreach (var alarm in alarms.All(Scope)) _inherited[alarm.Subject] = alarm;
        }

        // A hold of the whole installation has an alarm of its own, and is the cause of everything else.
        if (instance.Read()?.HeldAt is not null) return new WatchLook(0, []);
        var open = pulses.Open(now);
        var holds = lanes.All().Where(hold => hold.Until > now).ToList();
        List<Alarm> found = [];
        foreach (var pulse in open)
        {
            var subject = string.Create(CultureInfo.InvariantCulture, $"mailing/{pulse.Mailing.MailingId}");
            var since = _stillness.Since(subject, SignOf(pulse), now);
            if (since > _firstLook) _inherited.Remove(subject);
            if (await CauseAsync(pulse, holds, since, now) is var (cause, message))
                found.Add(new Alarm(subject, cause, pulse.Mailing.ClientId, $"CL3210: mailing {pulse.Mailing.MailingId.ToString(CultureInfo.InvariantCulture)}: {message}"));
            else if (_inherited.TryGetValue(subject, out var inherited)) found.Add(inherited);
        }

        _stillness.Keep(open.Select(pulse => string.Create(CultureInfo.InvariantCulture, $"mailing/{pulse.Mailing.MailingId}")));
        ForgetClaims(open);
        return new WatchLook(open.Count, found);
    }

    private static string SignOf(MailingPulse pulse) =>
        string.Create(CultureInfo.InvariantCulture, $"{pulse.Mailing.State}/{pulse.Mailing.Resends}/{pulse.Settled}/{pulse.Attempts}");

    private async Task<(string Cause, string Message)?> CauseAsync(MailingPulse pulse, List<LaneHold> holds, long since, long now) => pulse.Mailing.State switch
    {
        MailingState.Prepared => Prepared(pulse, since, now),
        MailingState.Queued => Queued(pulse, since, now),
        MailingState.Paused => await PausedAsync(pulse, since, now),
        _ => Sending(pulse, holds, since, now),
    };

    private static bool IsOver(long since, int seconds, long now) => now - since > seconds * WatchText.Second;

    private (string, string)? Prepared(MailingPulse pulse, long since, long now)
    {
        if (!IsOver(since, Limits.LateSeconds, now)) return null;
        var file = files.Find(pulse.Mailing.FileId);
        return ("not-started", string.Create(CultureInfo.InvariantCulture,
            $"{pulse.Waiting} recipients wait {WatchText.Since(since)}; it was not told to start: its file {pulse.Mailing.FileId} is {file?.State.ToString() ?? "gone"} {file?.Code} {file?.Message}; see closedloop files ls"));
    }

    private (string, string)? Queued(MailingPulse pulse, long since, long now)
    {
        var begin = Math.Max(since, pulse.Mailing.StartAt ?? 0);
        if (begin > now) return null;
        if (pulses.CopyBefore(pulse.Mailing, now) is > 0 and var other)
        {
            return !IsOver(begin, Limits.CopySeconds, now) ? null : ("another-copy", string.Create(CultureInfo.InvariantCulture,
                $"{pulse.Waiting} recipients wait {WatchText.Since(begin)} for mailing {other}, another copy of source {pulse.Mailing.SourceId}, to end"));
        }

        if (!IsOver(begin, Limits.LateSeconds, now)) return null;
        return pulse.Mailing.StartAt is { } start
            ? ("start-time", string.Create(CultureInfo.InvariantCulture, $"{pulse.Waiting} recipients wait; its start time {WatchText.At(start)} has passed and it was not begun"))
            : ("nobody-works", string.Create(CultureInfo.InvariantCulture, $"{pulse.Waiting} recipients wait {WatchText.Since(begin)}; nothing stands in its way and no silo begins it"));
    }

    private async Task<(string, string)?> PausedAsync(MailingPulse pulse, long since, long now)
    {
        if (!IsOver(since, Limits.PausedSeconds, now) || pulse.Waiting == 0) return null;
        var reason = await reasons.OfAsync(pulse.Mailing.MailingId);
        return ("paused", string.Create(CultureInfo.InvariantCulture,
            $"{pulse.Waiting} recipients wait; paused by {reason ?? "somebody who gave no reason"} {WatchText.Since(since)}; closedloop mailings resume {pulse.Mailing.MailingId}"));
    }
}
