namespace ClosedLoop.Data.Silos;

/// <summary>The one clock that all silos of a database have.</summary>
internal static class SiloClock
{
    /// <summary>Microseconds since 1970. Not the stamp of the transaction: that runs ahead of every clock as long as one of them was ahead once, and hardly moves meanwhile.</summary>
    public static long Now(WriteContext context) => context.Kind == DatabaseKind.Postgres
        ? context.Scalar("SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)")
        : context.Stamp;
}
