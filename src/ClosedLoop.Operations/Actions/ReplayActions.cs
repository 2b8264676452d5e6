using System.Globalization;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Files;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Ports;
using ClosedLoop.Operations.Reading;

namespace ClosedLoop.Operations.Actions;

/// <summary>A mailing again, or rows of a file, as a test: into the built-in sink, and nowhere else (decision 034).</summary>
internal sealed class ReplayActions(ActionDesk desk, AuditTrail audit, ISinkReplay replay, FileRowsReader rows, DefinitionStore definitions, Tables tables)
{
    /// <summary>Most recipients of one replay: it runs while somebody waits for its answer.</summary>
    public const int Most = 1_000;

    /// <param name="caller">Who.</param>
    /// <param name="id">The mailing.</param>
    /// <param name="recipients">How many, taken at equal distances from all of them; everybody when there are not so many.</param>
    /// <param name="reason">Why, or <c>null</c>.</param>
    /// <param name="cancellation">Breaks it off.</param>
    public Task<ActionResult> ReplayAsync(Caller caller, long id, int recipients, string? reason, CancellationToken cancellation) => desk.OnMailingAsync(caller, id, row =>
    {
        if (Fault(row, recipients) is { } fault) return Task.FromResult(fault);
        return audit.RunAsync(caller, "mailing.replay", string.Create(CultureInfo.InvariantCulture, $"mailing/{id}"), row.ClientId, reason, () => null, async () =>
        {
            var mails = Sample(row, recipients);
            return Told(await replay.ReplayAsync(row, mails, cancellation), mails.Count, "once more");
        });
    });

    /// <summary>What rows of a file become: from what was frozen, or before that from the source mailing as it is now.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="id">The file.</param>
    /// <param name="row">The first row, from 1.</param>
    /// <param name="count">How many rows; fewer at the end of the file.</param>
    /// <param name="reason">Why, or <c>null</c>.</param>
    /// <param name="cancellation">Breaks it off.</param>
    public Task<ActionResult> RowsAsync(Caller caller, long id, long row, int count, string? reason, CancellationToken cancellation) => desk.OnFileAsync(caller, id, (file, client) =>
    {
        if (Fault(count, "rows") is { } fault) return Task.FromResult(fault);
        var lots = rows.From(id, row, count).GroupBy(one => one.Mailing.MailingId).Select(group => (group.First().Mailing, Rows: group.ToList())).ToList();
        if (lots.Count == 0) return Task.FromResult(ActionResult.NotFound("CL9509", string.Create(CultureInfo.InvariantCulture, $"row {row} of file {id} does not exist")));
        if (lots.Select(lot => Fault(lot.Mailing)).FirstOrDefault(found => found is not null) is { } refusal) return Task.FromResult(refusal);
        return audit.RunAsync(caller, "file.test", FileRegister.SubjectOf(id), file.ClientId, reason, () => null, async () =>
        {
            var done = new Replayed(0, 0, 0, null);
            foreach (var (mailing, people) in lots)
            {
                List<TrialMail> mails = [.. people.Select(one => new TrialMail(string.Create(CultureInfo.InvariantCulture, $"file/{id}/row/{one.Row}"), one.Sequence, one.Address, one.Fields))];
                done = done.And(mailing.ContentHash is not null
                    ? await replay.ReplayAsync(mailing, mails, cancellation)
                    : await replay.TryAsync(definitions.FindSource(mailing.SourceId)!.Value, client, mails, cancellation));
            }

            return Told(done, lots.Sum(lot => lot.Rows.Count), "as a test");
        });
    });

    private static ActionResult Told(Replayed done, int all, string how)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{done.Taken} of {all} messages lie in the sink {how}");
        if (done.Refused > 0) text += string.Create(CultureInfo.InvariantCulture, $"; it refused {done.Refused}, as its script says");
        if (done.Broken > 0) text += string.Create(CultureInfo.InvariantCulture, $"; {done.Broken} could not be made");
        return ActionResult.Of(done.Taken > 0, done.Fault is null ? text : $"{text}: {done.Fault}");
    }

    private ActionResult? Fault(int count, string what)
    {
        if (count is < 1 or > Most) return ActionResult.Bad("CL9580", string.Create(CultureInfo.InvariantCulture, $"a replay takes 1 to {Most} {what}"));
        return replay.IsThere ? null : new ActionResult(409, Done: false, "there is no sink of the service's own to replay into: it runs in the safe mode only. Look at single messages instead, or use the client's test folder", "CL9581");
    }

    /// <summary>Why messages of a mailing, frozen or not, cannot be made.</summary>
    private ActionResult? Fault(MailingRow row)
    {
        if (row.Channel != Model.Mailings.MessageChannel.Mail) return new ActionResult(409, Done: false, "only mail is replayed; the sink takes nothing else", "CL9582");
        if (row.ContentHash is null) return definitions.FindSource(row.SourceId) is null ? new ActionResult(409, Done: false, "the source mailing is not there any more", "CL9582") : null;
        return replay.Missing(row) is { } missing ? new ActionResult(409, Done: false, missing, "CL9582") : null;
    }

    private ActionResult? Fault(MailingRow row, int recipients)
    {
        if (Fault(recipients, "recipients") is { } fault) return fault;
        if (row is { Channel: Model.Mailings.MessageChannel.Mail, ContentHash: null }) return new ActionResult(409, Done: false, "nothing is frozen for this mailing yet", "CL9582");
        return row.PurgedAt is not null ? new ActionResult(409, Done: false, "its recipients were given up to retention", "CL9582") : Fault(row);
    }

    private List<TrialMail> Sample(MailingRow row, int recipients)
    {
        var count = Math.Min(recipients, row.Accepted);
        var people = new List<TrialMail>();
        for (var i = 0L; i < count; i++)
        {
            people.AddRange(tables.Read(
                "SELECT sequence, address, fields FROM recipient WHERE mailing_id = $1 AND sequence = $2",
                reader => new TrialMail(string.Create(CultureInfo.InvariantCulture, $"{row.MailingId}.{reader.GetInt32(0)}"), reader.GetInt32(0), reader.GetString(1), reader.GetFieldValue<byte[]>(2)), row.MailingId, i * row.Accepted / count));
        }

        return people;
    }
}
