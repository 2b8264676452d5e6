namespace ClosedLoop.Data.Suppression;

/// <summary>What counts of the responses to a recipient (closed-loop spec section 13).</summary>
public static class LatestResponse
{
    /// <summary>
    /// Category as known at the stamp <c>$3</c> for the ledger row <c>l</c>: the latest bounce, else the latest other response, else NULL. What came
    /// back before a resend took the outcome back is about an earlier message and does not count (section 14), nor does what a person has overruled since.
    /// </summary>
    public const string CategorySql =
        """
        (SELECT a.category FROM response a WHERE a.mailing_id = l.mailing_id AND a.sequence = l.sequence AND a.recorded <= $3 AND (a.overruled IS NULL OR a.overruled > $3)
            AND NOT EXISTS (SELECT 1 FROM ledger_past b WHERE b.mailing_id = a.mailing_id AND b.sequence = a.sequence
                AND b.taken_back >= a.recorded AND b.taken_back <= $3 AND (b.given_back IS NULL OR b.given_back > $3))
         ORDER BY a.category IN (1, 2, 3) DESC, a.recorded DESC, a.ordinal DESC LIMIT 1)
        """;
}
