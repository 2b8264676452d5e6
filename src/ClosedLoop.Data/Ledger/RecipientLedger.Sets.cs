using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Data.Ledger;

/// <summary>What PostgreSQL does in one statement for a group: there a statement is a way to the server and back, and all writers wait for it.</summary>
public sealed partial class RecipientLedger
{
    private const string ClaimSet = "UPDATE ledger SET state = 1, attempt = attempt + 1 WHERE mailing_id = $1 AND sequence = ANY ($2) AND state = 0 RETURNING sequence";

    private const string SentSet =
        """
        UPDATE ledger l SET state = 2, done_at = o.done_at, recorded = $2, reply_code = o.reply_code, reason = NULL
        FROM unnest($3, $4, $5) AS o (sequence, done_at, reply_code)
        WHERE l.mailing_id = $1 AND l.sequence = o.sequence AND l.state = 1
            AND ($6 = 0 OR EXISTS (SELECT 1 FROM slice_run WHERE mailing_id = $1 AND first_sequence = $7 AND epoch = $6))
        """;

    private static void ClaimAll(WriteContext context, long mailingId, IReadOnlyList<int> sequences, bool[] claimed)
    {
        using var reader = context.Statement(ClaimSet).Query(mailingId, sequences.Select(sequence => (long)sequence).ToArray());
        var won = new HashSet<int>();
        while (reader.Read()) won.Add(reader.GetInt32(0));

        // Whoever is named twice is claimed by the first of the two.
        for (var i = 0; i < claimed.Length; i++) claimed[i] = won.Remove(sequences[i]);
    }

    /// <summary>Records the plain successes among the outcomes, each of a recipient that is named once.</summary>
    /// <returns>The outcomes that are left, and whether a recipient was not found claimed.</returns>
    private static (IReadOnlyList<SendOutcome> Left, bool Missed) RecordSent(WriteContext context, IReadOnlyList<SendOutcome> outcomes, SliceHold? hold)
    {
        var plain = outcomes.GroupBy(outcome => (outcome.MailingId, outcome.Sequence)).Where(named => named.Count() == 1).Select(named => named.First())
            .Where(outcome => outcome is { State: RecipientState.Sent, Unclaimed: false, Response: null, HasSoftBounces: false, Reason: null, ProviderIds.Count: 0 }).ToHashSet(ReferenceEqualityComparer.Instance);
        var recorded = 0;
        foreach (var mailing in plain.Cast<SendOutcome>().GroupBy(outcome => outcome.MailingId))
        {
            recorded += context.Execute(
                SentSet, mailing.Key, context.Stamp, Numbers(mailing, o => o.Sequence), Numbers(mailing, o => o.DoneAt), Numbers(mailing, o => o.ReplyCode), hold?.Epoch ?? 0, hold?.From ?? 0);
        }

        return (outcomes.Where(outcome => !plain.Contains(outcome)).ToList(), recorded < plain.Count);
    }

    private static long[] Numbers(IEnumerable<SendOutcome> outcomes, Func<SendOutcome, long> of) => outcomes.Select(of).ToArray();
}
