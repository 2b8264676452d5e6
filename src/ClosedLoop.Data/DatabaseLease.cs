using ClosedLoop.Data.Postgres;
using Npgsql;

namespace ClosedLoop.Data;

/// <summary>
/// Says that this process is the only one of its kind on a PostgreSQL database, by an advisory lock of a connection that does nothing else. The lock ends with the
/// connection, however the process ends; when the server restarts, it is taken again.
/// </summary>
/// <param name="database">A PostgreSQL database.</param>
/// <param name="lost">Called once when another process has it now.</param>
/// <param name="isShared">Others who share it may be there too; only who wants it alone is kept out, and keeps out.</param>
public sealed class DatabaseLease(Database database, Action lost, bool isShared = false) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>A connection of this process that died without the server having noticed keeps the lock for a while.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _ending = new();
    private NpgsqlConnection? _connection;
    private Task _watch = Task.CompletedTask;

    /// <returns><c>false</c> when another process has it.</returns>
    public bool TryAcquire()
    {
        if (!TryLock()) return false;
        _watch = Task.Run(WatchAsync);
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        if (_ending.IsCancellationRequested) return;
        await _ending.CancelAsync().ConfigureAwait(false);
        await _watch.ConfigureAwait(false);
        if (_connection is not null) await _connection.DisposeAsync().ConfigureAwait(false);
        _ending.Dispose();
    }

    private bool TryLock()
    {
        _connection?.Dispose();
        _connection = ((PostgresEngine)database.Engine).OpenAlone("closedloop owner");
        using var command = new NpgsqlCommand(isShared ? "SELECT pg_try_advisory_lock_shared($1)" : "SELECT pg_try_advisory_lock($1)", _connection) { Parameters = { new NpgsqlParameter<long> { TypedValue = PostgresEngine.OwnerLock } } };
        return (bool)command.ExecuteScalar()!;
    }

    private async Task WatchAsync()
    {
        DateTime? since = null;
        while (!_ending.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Pause, _ending.Token).ConfigureAwait(false);
                if (since is null) await PingAsync().ConfigureAwait(false);
                else if (TryLock()) since = null;
                else if (DateTime.UtcNow - since > Grace)
                {
                    lost();
                    return;
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e) when (PostgresEngine.MayComeBack(e))
            {
                since = DateTime.UtcNow;
            }
        }
    }

    private async Task PingAsync()
    {
        var command = new NpgsqlCommand("SELECT 1", _connection);
        await using (command.ConfigureAwait(false)) await command.ExecuteScalarAsync(_ending.Token).ConfigureAwait(false);
    }
}
