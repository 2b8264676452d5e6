using System.Diagnostics;
using ClosedLoop.Data.Engines;
using Npgsql;

namespace ClosedLoop.Data.Postgres;

/// <summary>The connection, and what was on it when it was lost.</summary>
internal sealed partial class PostgresWriteSession
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private NpgsqlConnection Connect()
    {
        _connection = new NpgsqlConnection(_connectionString);
        try
        {
            _connection.Open();

            // Whatever the server's defaults are: a commit that was answered is on the disk, and a transaction whose process is gone does not keep the
            // lock. Then stamps go on above everything that an earlier writer, or the database this one was copied from, has used.
            Execute(
                """
                SET synchronous_commit = on; SET idle_in_transaction_session_timeout = '15s'; SET lock_timeout = 0; SET statement_timeout = 0;
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = current_setting('application_name') AND pid <> pg_backend_pid()
                """);
            Locked(() => Execute(
                $"""
                BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = '{LookEvery}'; SELECT pg_advisory_xact_lock({PostgresEngine.WriteLock});
                SELECT setval('write_stamp', GREATEST(nextval('write_stamp'), (SELECT MAX(cut_to) FROM export_run), (SELECT next FROM id_sequence WHERE name = 'stamp')));
                COMMIT
                """));
        }
        catch
        {
            _connection.Dispose();
            throw;
        }

        _context = new WriteContext(_connection);
        _begin = Batch(
            new NpgsqlBatchCommand("BEGIN ISOLATION LEVEL READ COMMITTED"),
            new NpgsqlBatchCommand($"SET LOCAL lock_timeout = '{LookEvery}'"),
            new NpgsqlBatchCommand("SELECT begin_write($1, $2, $3)")
            {
                Parameters = { new NpgsqlParameter<long> { TypedValue = PostgresEngine.WriteLock }, new NpgsqlParameter<Guid> { TypedValue = _writer }, new NpgsqlParameter<long>() },
            },
            new NpgsqlBatchCommand("SET LOCAL lock_timeout = 0"));

        // A write that swallowed an error leaves a transaction that COMMIT would quietly roll back; the statement before it fails instead.
        _commit = Batch(new NpgsqlBatchCommand("SELECT 1"), new NpgsqlBatchCommand("COMMIT"));
        return _connection;
    }

    private Aftermath Reconnect(Stage stage, Exception error)
    {
        var since = Stopwatch.GetTimestamp();
        LogLost(error.Message);
        for (var pause = TimeSpan.FromMilliseconds(20); ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                Close();
                Connect();
                _day = 0;
                var outcome = stage == Stage.Committing && WasCommitted() ? Aftermath.Committed : Aftermath.Lost;
                LogBack(Stopwatch.GetElapsedTime(since), outcome);
                return outcome;
            }
            catch (Exception e) when (PostgresEngine.MayComeBack(e))
            {
                // Stopped: whoever waits is told that his write failed, with the loss as the cause. Nobody was told that it succeeded.
                if (_stop.Token.WaitHandle.WaitOne(pause)) return Aftermath.Failed;
            }
        }
    }

    /// <summary>
    /// Conclusive, because connecting took the lock that the lost transaction held to its end: its mark is there now, or will never be. The writer is asked for besides
    /// the stamp, since a server that crashed may have given the same stamp again.
    /// </summary>
    private bool WasCommitted()
    {
        using var command = new NpgsqlCommand("SELECT COUNT(*) FROM write_mark WHERE stamp = $1 AND writer = $2", _connection)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = _stamp }, new NpgsqlParameter<Guid> { TypedValue = _writer } },
        };
        return (long)command.ExecuteScalar()! > 0;
    }

    private int Execute(string sql)
    {
        using var command = new NpgsqlCommand(sql, _connection);
        return command.ExecuteNonQuery();
    }
}
