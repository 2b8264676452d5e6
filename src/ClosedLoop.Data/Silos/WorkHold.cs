namespace ClosedLoop.Data.Silos;

/// <summary>
/// The right to do a piece of work that only one may do. Taking it ends every right taken before, wherever that is: in another process, behind a cut network, or frozen. Whoever has entered it
/// (<see cref="Enter"/>) writes under it: each of his transactions asks the database first whether it stands, so that a transaction of somebody who was overtaken changes nothing.
/// </summary>
#pragma warning disable CA1001 // the source has neither timer nor handle, and whoever holds the token may ask it at any time
public sealed class WorkHold
#pragma warning restore CA1001
{
    private static readonly AsyncLocal<WorkHold?> Entered = new();

    private readonly Database _database;
    private readonly long _epoch;
    private readonly CancellationTokenSource _lost = new();

    internal WorkHold(Database database, string work, long epoch) => (_database, Work, _epoch) = (database, work, epoch);

    /// <summary>The work; all silos call it the same.</summary>
    public string Work { get; }

    /// <summary>Cancelled when a write or a question has found that somebody else has the work.</summary>
    public CancellationToken Lost => _lost.Token;

    public bool IsLost => _lost.IsCancellationRequested;

    /// <summary>Number of the hold under which the calling flow writes: it grows with each taking, and no two are the same. 0 for a flow without one.</summary>
    public static long Epoch => Current?._epoch ?? 0;

    /// <summary>The hold under which the calling flow writes; <c>null</c> for most.</summary>
    internal static WorkHold? Current => Entered.Value;

    /// <summary>
    /// From here on the calling flow, and whatever it starts, writes under this hold. Calls of grains do not carry it: what a grain decides for itself is not this work.
    /// </summary>
    /// <returns>Dispose of it in the same method.</returns>
    public IDisposable Enter() => new Scope(this);

    /// <summary>
    /// Asked before something leaves that no transaction can hold back: a request to another server, a file in a client's folder. Does nothing for a flow without a hold.
    /// </summary>
    /// <exception cref="OvertakenException">Somebody else has the work.</exception>
    public static void Confirm() => Current?.ConfirmThis();

    /// <summary>Whether the hold stands, asked within the transaction that depends on it.</summary>
    /// <exception cref="OvertakenException">It does not.</exception>
    internal void Require(WriteContext context) => Judge(context.Scalar("SELECT epoch FROM work_run WHERE work = $1", Work));

    private void ConfirmThis()
    {
        using var connection = _database.OpenRead();
        using var statement = new Statement(connection, "SELECT epoch FROM work_run WHERE work = $1");
        Judge(statement.Scalar(Work));
    }

    private void Judge(long epoch)
    {
        if (epoch == _epoch) return;

        // Not on this thread: it may be the database's only writer, and what waits for the token is anything.
        _ = _lost.CancelAsync();
        throw new OvertakenException(Work);
    }

    private sealed class Scope : IDisposable
    {
        private readonly WorkHold? _before = Entered.Value;

        public Scope(WorkHold hold) => Entered.Value = hold;

        public void Dispose() => Entered.Value = _before;
    }
}
