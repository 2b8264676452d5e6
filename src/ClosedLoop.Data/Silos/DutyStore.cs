namespace ClosedLoop.Data.Silos;

/// <summary>
/// Who does a piece of work for all silos, and until when. Times are of the database's clock, since clocks of machines differ; whoever is given a duty counts its time from before he asked, so
/// that he stops before it can be given to another.
/// </summary>
public sealed class DutyStore(LedgerWriter writer)
{
    /// <summary>Takes or keeps a duty.</summary>
    /// <param name="name">The duty.</param>
    /// <param name="holder">Who asks.</param>
    /// <param name="lease">For how long, from now.</param>
    /// <returns><c>false</c> when somebody else has it.</returns>
    public Task<bool> TryHoldAsync(string name, string holder, TimeSpan lease) => writer.WriteAsync(context =>
    {
        var now = SiloClock.Now(context);
        return context.Execute(
            """
            INSERT INTO duty (name, holder, until) VALUES ($1, $2, $3)
            ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until WHERE duty.holder = excluded.holder OR duty.until <= $4
            """, name, holder, now + (long)lease.TotalMicroseconds, now) == 1;
    });

    /// <summary>Gives a duty back at once; of somebody else's nothing changes.</summary>
    public Task ReleaseAsync(string name, string holder) => writer.WriteAsync(context => context.Execute("DELETE FROM duty WHERE name = $1 AND holder = $2", name, holder));
}
