using System.Diagnostics;

namespace ClosedLoop.Benchmarks.Export;

/// <summary>The <c>sqlite3</c> program as a contender.</summary>
internal static class SqliteShell
{
    public static bool IsInstalled => Array.Exists((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'), folder => File.Exists(Path.Combine(folder, "sqlite3")));

    /// <summary>Writes the sending log of a mailing to a file.</summary>
    /// <returns>Seconds.</returns>
    public static double Export(string database, long mailing, long cut, string output)
    {
        var start = new ProcessStartInfo("sqlite3") { UseShellExecute = false, RedirectStandardError = true };
        foreach (var argument in new[] { "-readonly", "-csv", "-separator", ";", database, $".once '{output}'", Sql(mailing, cut) })
            start.ArgumentList.Add(argument);
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"sqlite3 ended with {process.ExitCode}: {errors}");
        return clock.Elapsed.TotalSeconds;
    }

    /// <summary>The sending log in one query, with the words and times of the file.</summary>
    private static string Sql(long mailing, long cut) => FormattableString.Invariant(
        $"""
        SELECT m.recipient_base + l.sequence AS id, m.mailing_id, m.client_id, r.address,
            strftime('%Y-%m-%d %H:%M:%S', CASE WHEN l.recorded <= {cut} AND l.state >= 2 THEN l.done_at ELSE m.started_at END / 1000000, 'unixepoch'),
            CASE WHEN l.recorded <= {cut} AND l.state = 2 THEN 'sent' WHEN l.recorded <= {cut} AND l.state IN (3, 5) THEN 'could_not_be_sent' ELSE 'sending' END AS status,
            CASE category WHEN 3 THEN 'HARD' WHEN 2 THEN 'SOFT' WHEN 1 THEN 'SOFT' WHEN 0 THEN 'OK' WHEN 4 THEN 'OK' ELSE CASE WHEN l.state = 2 THEN 'OK' END END,
            CASE category WHEN 0 THEN 'unknown' WHEN 1 THEN 'bounce' WHEN 2 THEN 'temporary_bounce' WHEN 3 THEN 'fatal_bounce' WHEN 4 THEN 'autoresponder' END
        FROM (SELECT l.*, (SELECT a.category FROM response a WHERE a.mailing_id = l.mailing_id AND a.sequence = l.sequence AND a.recorded <= {cut}
                ORDER BY a.category IN (1, 2, 3) DESC, a.recorded DESC, a.ordinal DESC LIMIT 1) AS category
            FROM ledger l WHERE l.mailing_id = {mailing}) l
        JOIN mailing m ON m.mailing_id = l.mailing_id
        JOIN recipient r ON r.mailing_id = l.mailing_id AND r.sequence = l.sequence
        WHERE NOT (l.recorded <= {cut} AND l.state IN (4, 6))
        ORDER BY CASE WHEN l.recorded <= {cut} AND l.state >= 2 THEN l.done_at ELSE m.started_at END / 1000000, id;
        """);
}
