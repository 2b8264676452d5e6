using System.Globalization;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Ports;
using ClosedLoop.Operations.Reading;

namespace ClosedLoop.Operations.Actions;

/// <summary>A mailing again as a test: into the built-in sink, and nowhere else (decision 034).</summary>
internal sealed class ReplayActions(ActionDesk desk, AuditTrail audit, ISinkReplay replay, Tables tables)
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
            var people = Sample(row, recipients);
            var done = await replay.ReplayAsync(row, people, cancellation);
            var text = string.Create(CultureInfo.InvariantCulture, $"{done.Taken} of {people.Count} messages lie in the sink once more");
            if (done.Refused > 0) text += string.Create(CultureInfo.InvariantCulture, $"; it refused {done.Refused}, as its script says");
            if (done.Broken > 0) text += string.Create(CultureInfo.InvariantCulture, $"; {done.Broken} could not be made");
            return ActionResult.Of(done.Taken > 0, done.Fault is null ? text : $"{text}: {done.Fault}");
        });
    });

    private ActionResult? Fault(MailingRow row, int recipients)
    {
        if (recipients is < 1 or > Most) return ActionResult.Bad("CL9580", "a replay takes 1 to 1000 recipients");
        if (!replay.IsThere) return new ActionResult(409, Done: false, "there is no sink of the service's own to replay into: it runs in the safe mode only. Look at single messages instead, or use the client's test folder", "CL9581");
        if (row.Channel != Model.Mailings.MessageChannel.Mail) return new ActionResult(409, Done: false, "only mail is replayed; the sink takes nothing else", "CL9582");
        if (row.ContentHash is null) return new ActionResult(409, Done: false, "nothing is frozen for this mailing yet", "CL9582");
        if (row.PurgedAt is not null) return new ActionResult(409, Done: false, "its recipients were given up to retention", "CL9582");
        return replay.Missing(row) is { } missing ? new ActionResult(409, Done: false, missing, "CL9582") : null;
    }

    private List<(int Sequence, string Address, byte[] Fields)> Sample(MailingRow row, int recipients)
    {
        var count = Math.Min(recipients, row.Accepted);
        var people = new List<(int, string, byte[])>();
        for (var i = 0L; i < count; i++)
        {
            people.AddRange(tables.Read(
                "SELECT sequence, address, fields FROM recipient WHERE mailing_id = $1 AND sequence = $2",
                reader => (reader.GetInt32(0), reader.GetString(1), reader.GetFieldValue<byte[]>(2)), row.MailingId, i * row.Accepted / count));
        }

        return people;
    }
}
