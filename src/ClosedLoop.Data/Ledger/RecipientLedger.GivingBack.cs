namespace ClosedLoop.Data.Ledger;

public sealed partial class RecipientLedger
{
    /// <summary>
    /// A resend that does not reach somebody changes nothing for him: his outcome from before comes back, in place of one that would say that he
    /// never got a message. What came back before the resend counts again, too.
    /// </summary>
    /// <returns>How many rows; 0 for recipients that no resend is about.</returns>
    private static int GiveBack(WriteContext context, long mailingId, int from, int to, int state, string why)
    {
        var rows = context.Execute(
            """
            UPDATE ledger SET state = p.state, done_at = p.done_at, reply_code = p.reply_code, recorded = $5,
                reason = CASE WHEN p.reason IS NULL THEN '' ELSE p.reason || '; ' END || 'not sent again: ' || $6
            FROM ledger_past p
            WHERE ledger.mailing_id = $1 AND ledger.sequence >= $2 AND ledger.sequence <= $3 AND ledger.state = $4
                AND p.mailing_id = $1 AND p.sequence = ledger.sequence AND p.given_back IS NULL
                AND p.taken_back = (SELECT MAX(q.taken_back) FROM ledger_past q WHERE q.mailing_id = $1 AND q.sequence = ledger.sequence)
            """, mailingId, from, to, state, context.Stamp, why);
        if (rows > 0)
        {
            context.Execute(
                """
                UPDATE ledger_past SET given_back = $4
                WHERE mailing_id = $1 AND sequence >= $2 AND sequence <= $3 AND given_back IS NULL
                    AND taken_back = (SELECT MAX(q.taken_back) FROM ledger_past q WHERE q.mailing_id = $1 AND q.sequence = ledger_past.sequence)
                    AND (SELECT l.recorded FROM ledger l WHERE l.mailing_id = $1 AND l.sequence = ledger_past.sequence) = $4
                """, mailingId, from, to, context.Stamp);
        }

        return rows;
    }
}
