using System.Globalization;
using ClosedLoop.Data.Alarms;
using ClosedLoop.Data.Guard;
using ClosedLoop.Model;
using ClosedLoop.Model.Draining;
using ClosedLoop.Model.Files;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Operations.Reading;

/// <summary>What needs a person, worst first: cause, consequence, and what to press.</summary>
internal sealed class AttentionReader(AlarmStore alarms, AlarmNoteStore notes, FilesReader files, MailingsReader mailings, InstanceStore instance, DrainSwitch drain, AcknowledgementReader seen, TimeProvider time)
{
    public async Task<Attention> ReadAsync(long? clientId)
    {
        var now = time.NowMicroseconds();
        var items = new List<AttentionItem>();
        if (instance.Read() is { HeldAt: { } held } mark)
        {
            items.Add(new AttentionItem("bad", mark.HeldReason ?? "sending is held", "Nothing is sent until an operator has confirmed that the database is the newest one.", "/system", held, [], "closedloop db confirm") { Key = "sending" });
        }

        if (clientId is null && drain.State is { } drained)
        {
            items.Add(new AttentionItem(
                "warn", $"{drained.By} drains this process", "No file and no recipient is taken up until work is taken up again, or the process is started anew.", "/system", drained.Since,
                [new AttentionAction("Take work up again", "/system/resume")], "closedloop drain --undo")
            { Key = "drain" });
        }

        items.AddRange(files.Failed(clientId).Select(Failed));
        items.AddRange(files.Held(clientId).Select(Held));
        var running = await mailings.RunningAsync(clientId, 100);
        items.AddRange(running.Where(line => line.Row.State == MailingState.Paused).Select(line => new AttentionItem(
            "warn", string.Create(CultureInfo.InvariantCulture, $"mailing {line.Row.MailingId} \"{line.Row.Name}\" is paused"),
            line.Counts is { } counts ? string.Create(CultureInfo.InvariantCulture, $"{counts.Open:N0} recipients wait.") : "Its recipients wait.",
            string.Create(CultureInfo.InvariantCulture, $"/mailings/{line.Row.MailingId}"), line.Row.StartedAt ?? line.Row.CreatedAt,
            [new AttentionAction("Resume", string.Create(CultureInfo.InvariantCulture, $"/mailings/{line.Row.MailingId}/resume"))],
            string.Create(CultureInfo.InvariantCulture, $"closedloop mailings resume {line.Row.MailingId}"))
        { Key = string.Create(CultureInfo.InvariantCulture, $"mailing/{line.Row.MailingId}") }));

        var quiet = notes.At(now);
        var all = alarms.All().Where(alarm => clientId is null || alarm.ClientId == clientId).ToList();
        AlarmNote? Note(Alarm alarm) => quiet.FirstOrDefault(note => note.Subject == alarm.Subject && note.Cause == alarm.Cause);

        // A file that waits for approval stands above with its buttons, and the alarm about it says no more.
        items.AddRange(all.Where(alarm => alarm.Cause != "approval" && Note(alarm) is null).Select(Alarm));
        return new Attention(
            [.. seen.With(items).OrderBy(item => item.Tone, StringComparer.Ordinal).ThenBy(item => item.Since)],
            [.. all.Select(alarm => (Alarm: alarm, Note: Note(alarm))).Where(one => one.Note is not null).Select(one => new QuietAlarm(one.Alarm.Message, Target(one.Alarm.Subject), one.Note!.Until, one.Note.Actor, one.Note.Reason))]);
    }

    private static AttentionItem Failed(FileLine line)
    {
        var id = line.File.FileId.ToString(CultureInfo.InvariantCulture);
        return new AttentionItem(
            "bad", $"{line.File.Name} of {line.ClientKey} {(line.File.State == FileState.FailedImport ? "was refused" : "could not be started")}: {line.File.Code} {line.File.Message}",
            "The client's folder stands still until this file is decided on.", "/files/" + id, line.File.ChangedAt,
            [new AttentionAction("Try again", $"/files/{id}/retry"), new AttentionAction("Discard", $"/files/{id}/discard")], "closedloop files retry " + id)
        { Key = "file/" + id };
    }

    private static AttentionItem Held(FileLine line)
    {
        var id = line.File.FileId.ToString(CultureInfo.InvariantCulture);
        var size = string.Create(CultureInfo.InvariantCulture, $"{line.File.Records - line.File.Skipped:N0} recipients");
        return new AttentionItem(
            "warn", $"{line.File.Name} of {line.ClientKey} waits for approval: {line.File.Message}",
            $"None of its {size} is mailed before somebody decides; the files after it go on.", "/files/" + id, line.File.ChangedAt,
            [
                new AttentionAction("Approve", $"/files/{id}/approve") { Confirm = $"{size} of {line.File.Name} are mailed." },
                new AttentionAction("Discard", $"/files/{id}/discard") { Confirm = $"{line.File.Name} with {size} is given up; nobody of it is mailed." },
            ],
            $"closedloop files approve {id} --reason R")
        { Key = "file/" + id };
    }

    private static AttentionItem Alarm(Alarm alarm) => new(
        alarm.Cause is "balance" or "finished-open" or "mailings" ? "bad" : "warn", alarm.Message, "", Target(alarm.Subject), alarm.Since,
        [new AttentionAction("Put off", "/alarms/snooze", ("subject", alarm.Subject), ("cause", alarm.Cause)) { Confirm = "It is seen, and is not shown as open until then.", IsForATime = true }], null, (alarm.Subject, alarm.Cause))
    { Key = $"alarm/{alarm.Cause}/{alarm.Subject}" };

    /// <summary>Subjects are paths of things: file/12, mailing/71000000002.</summary>
    private static string Target(string subject) => subject.Split('/') switch
    {
        ["file", var id] => "/files/" + id,
        ["mailing", var id] => "/mailings/" + id,
        _ => "/system",
    };
}
