namespace ClosedLoop.Responses.Export.Files;

/// <summary>
/// SQL that says how recipients stood at the cut-off, whatever happened to their rows since: what was decided later is
/// taken back to the newest outcome known by then, else to being sent.
/// </summary>
internal static class Recipients
{
    /// <summary>
    /// Ledger, recipient and (as <c>p</c>) the outcome that counted at <c>$3</c> if the row has been decided anew after it.
    /// The states from 2 on are decided ones.
    /// </summary>
    public const string Joins =
        """
        JOIN ledger l ON l.mailing_id = m.mailing_id
        JOIN recipient r ON r.mailing_id = l.mailing_id AND r.sequence = l.sequence
        LEFT JOIN ledger_past p ON NOT (l.recorded IS NOT NULL AND l.recorded <= $3 AND l.state >= 2)
            AND p.mailing_id = l.mailing_id AND p.sequence = l.sequence
            AND p.recorded = (SELECT MAX(q.recorded) FROM ledger_past q WHERE q.mailing_id = l.mailing_id AND q.sequence = l.sequence AND q.recorded <= $3)
        """;

    /// <summary>State at the cut-off; 1 while it was open, the first time or in a resend.</summary>
    public const string State = "CASE WHEN l.recorded <= $3 AND l.state >= 2 THEN l.state WHEN p.taken_back <= $3 THEN 1 ELSE COALESCE(p.state, 1) END";

    /// <summary>When that state was reached; while it was open, when the mailing was started or the outcome taken back (queue time).</summary>
    public const string Created =
        "CASE WHEN l.recorded <= $3 AND l.state >= 2 THEN l.done_at WHEN p.taken_back <= $3 THEN p.taken_back ELSE COALESCE(p.done_at, m.started_at) END";
}
