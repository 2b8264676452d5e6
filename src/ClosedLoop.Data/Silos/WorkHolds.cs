namespace ClosedLoop.Data.Silos;

/// <summary>Gives out the right to do a piece of work. Nobody is waited for: the newest has it, and the database refuses the others (decision 025).</summary>
public sealed class WorkHolds(Database database, LedgerWriter writer)
{
    /// <summary>Takes the right; whoever had it is overtaken from the same transaction on.</summary>
    /// <param name="work">The work.</param>
    public async Task<WorkHold> TakeAsync(string work)
    {
        // The stamp keeps epochs growing through a restored backup; the counter tells two apart that share a transaction.
        var epoch = await writer.WriteAsync(context => context.Scalar(
            """
            INSERT INTO work_run (work, epoch) VALUES ($1, $2)
            ON CONFLICT (work) DO UPDATE SET epoch = CASE WHEN work_run.epoch < excluded.epoch THEN excluded.epoch ELSE work_run.epoch + 1 END
            RETURNING epoch
            """, work, context.Stamp)).ConfigureAwait(false);
        return new WorkHold(database, work, epoch);
    }
}
