using System.Diagnostics;
using Npgsql;

namespace ClosedLoop.Data.Postgres;

/// <summary>The lock that each transaction begins with, and a holder that will not give it back.</summary>
internal sealed partial class PostgresWriteSession
{
    /// <summary>How long the lock is waited for before it is looked at who has it.</summary>
    private const string LookEvery = "5s";

    /// <summary>How long a writer that was asked to stop still waits for the lock.</summary>
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(60);

    /// <summary>Repeats what takes the lock until it has it.</summary>
    private T Locked<T>(Func<T> take)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return take();
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable && !(_stop.IsCancellationRequested && Stopwatch.GetElapsedTime(since) > LongestStop))
            {
                Execute("ROLLBACK");
                EndStalled();
            }
        }
    }

    /// <summary>
    /// Ends the writer that has the lock and whose server process waits for it all the time. A process that was frozen amid a COPY, or amid the messages of a statement,
    /// leaves one that counts as active for ever: idle_in_transaction_session_timeout passes it over, and statement_timeout cannot cut a message short. Only writers are
    /// ended: they have what they send in memory, where a copy of a database may rightly be read for longer.
    /// </summary>
    private void EndStalled()
    {
        using var command = new NpgsqlCommand(
            """
            SELECT a.application_name, pg_terminate_backend(a.pid) FROM pg_stat_activity a JOIN pg_locks l ON l.pid = a.pid
            WHERE l.locktype = 'advisory' AND l.granted AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND l.classid::bigint = $1 >> 32 AND l.objid::bigint = $1 & 4294967295 AND l.objsubid = 1
              AND a.application_name LIKE 'closedloop writer %' AND a.wait_event_type = 'Client' AND a.state_change < clock_timestamp() - INTERVAL '15 s'
            """,
            _connection)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = PostgresEngine.WriteLock } },
        };
        using var reader = command.ExecuteReader();
        while (reader.Read()) LogStalled(reader.GetString(0));
    }
}
