namespace ClosedLoop.Data.Ledger;

/// <summary>
/// The right to send a slice of a mailing. Taking it ends every right taken before, wherever that is: in another process, behind a cut network, or frozen. What
/// was claimed under an older one is settled in the transaction that takes it, so a claimed row always belongs to the newest.
/// </summary>
/// <param name="MailingId">The mailing.</param>
/// <param name="From">First sequence of the slice.</param>
/// <param name="Epoch">Grows with each taking; no two are the same.</param>
/// <param name="InDoubt">How many recipients were found claimed when it was taken.</param>
public sealed record SliceHold(long MailingId, int From, long Epoch, int InDoubt)
{
    private volatile bool _lost;

    /// <summary>Seen by a claim or a record: somebody else has the slice now, and nothing of this one counts.</summary>
    public bool IsLost => _lost;

    internal void Lose() => _lost = true;
}
