namespace ClosedLoop.Model.Recipients;

/// <summary>Rows of one mailing's ledger by state, counted in one statement.</summary>
public readonly record struct LedgerCounts(
    long Waiting, long Sending, long Sent, long Failed, long Suppressed, long Unknown, long Cancelled)
{
    public long Total => Waiting + Sending + Sent + Failed + Suppressed + Unknown + Cancelled;

    /// <summary>Rows whose outcome is still to come.</summary>
    public long Open => Waiting + Sending;
}
