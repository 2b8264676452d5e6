using System.Data.Common;

namespace ClosedLoop.Data.Silos;

/// <summary>
/// Divides limits that hold for all silos together. Each part is given for a time; at no moment do the parts that are given add up to more than the limit, also when silos come, die, freeze or
/// are cut off: a part that is not renewed is nobody's until its time is over. All writers of the database form one line, so what is added up cannot change meanwhile.
/// </summary>
public sealed class LimitShareStore(LedgerWriter writer)
{
    /// <summary>How often the silos that get the odd units change, in microseconds.</summary>
    private const long Turn = 10_000_000;

    /// <summary>Renews a silo's parts.</summary>
    /// <param name="silo">Who asks.</param>
    /// <param name="claims">The limits it knows.</param>
    /// <param name="lease">How long the answer is good, from before it was asked for.</param>
    /// <returns>Units for each claim: never more than the limit has left.</returns>
    public Task<long[]> TakeAsync(string silo, IReadOnlyList<LimitClaim> claims, TimeSpan lease)
    {
        ArgumentNullException.ThrowIfNull(claims);
        return writer.WriteAsync(context =>
        {
            var now = SiloClock.Now(context);
            context.Execute("DELETE FROM limit_share WHERE until <= $1", now);
            var granted = new long[claims.Count];
            for (var i = 0; i < granted.Length; i++) granted[i] = Take(context, silo, claims[i], now, now + (long)lease.TotalMicroseconds);
            return granted;
        });
    }

    /// <summary>Gives everything back at once.</summary>
    public Task ReleaseAsync(string silo) => writer.WriteAsync(context => context.Execute("DELETE FROM limit_share WHERE silo = $1", silo));

    private static long Take(WriteContext context, string silo, LimitClaim claim, long now, long until)
    {
        var (others, wanting) = Others(context, silo, claim.Name);
        long target = 0;
        if (claim.Wanted)
        {
            wanting.Add(silo);
            wanting.Sort(StringComparer.Ordinal);
            var rank = (wanting.IndexOf(silo) + (now / Turn)) % wanting.Count;
            target = (claim.Total / wanting.Count) + (rank < claim.Total % wanting.Count ? 1 : 0);
        }

        var granted = Math.Clamp(claim.Total - others, 0, target);

        // What the silo still uses is noted until it says that it has let go: it hears of a smaller part only after this.
        context.Execute(
            """
            INSERT INTO limit_share (name, silo, units, wanted, until) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (name, silo) DO UPDATE SET units = excluded.units, wanted = excluded.wanted, until = excluded.until
            """, claim.Name, silo, Math.Max(granted, claim.Held), claim.Wanted ? 1 : 0, until);
        return granted;
    }

    private static (long Units, List<string> Wanting) Others(WriteContext context, string silo, string name)
    {
        using DbDataReader reader = context.Statement("SELECT silo, units, wanted FROM limit_share WHERE name = $1 AND silo <> $2").Query(name, silo);
        var units = 0L;
        var wanting = new List<string>();
        while (reader.Read())
        {
            units += reader.GetInt64(1);
            if (reader.GetInt64(2) != 0) wanting.Add(reader.GetString(0));
        }

        return (units, wanting);
    }
}
