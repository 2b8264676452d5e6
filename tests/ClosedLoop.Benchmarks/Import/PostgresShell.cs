using System.Diagnostics;
using System.Globalization;
using ClosedLoop.Testing.Servers;

namespace ClosedLoop.Benchmarks.Import;

/// <summary><c>psql \copy</c> as the peer: one table of text columns without a key, on the same server.</summary>
internal static class PostgresShell
{
    /// <summary>Seconds of <c>\copy</c> into a new table.</summary>
    public static double Import(PostgresServer server, string file, int columns)
    {
        server.Execute("postgres", $"DROP TABLE IF EXISTS r; CREATE TABLE r ({string.Join(',', Enumerable.Range(1, columns).Select(n => string.Create(CultureInfo.InvariantCulture, $"c{n} text")))})");
        var started = Stopwatch.GetTimestamp();
        server.Execute("postgres", $"\\copy r FROM '{file}' WITH (FORMAT csv, DELIMITER ';')");
        return Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 3);
    }
}
