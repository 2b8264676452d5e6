using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using ClosedLoop.Data.Engines;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ClosedLoop.Data.Postgres;

/// <summary>A PostgreSQL database, possibly shared by several silos.</summary>
internal sealed class PostgresEngine : DatabaseEngine
{
    /// <summary>Oldest server version that is tried (server_version_num): identity columns, row triggers below partitions.</summary>
    private const int OldestServer = 130000;

    /// <summary>Keys of advisory locks, the letters "Closed" with a number behind them; locks are of one database.</summary>
    public const long WriteLock = 0x436C6F_73656401;
    public const long MigrationLock = 0x436C6F_73656402;
    public const long OwnerLock = 0x436C6F_73656403;

    /// <summary>How long somebody who reads waits for a server that does not take connections: what SQLite's busy timeout is there.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly NpgsqlConnectionStringBuilder _settings;
    private readonly string _read;
    private readonly string _write;

    public PostgresEngine(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (string.IsNullOrWhiteSpace(settings.Host)) throw new ArgumentException("The connection string names no Host.", nameof(connectionString));
        if (string.IsNullOrWhiteSpace(settings.Database)) throw new ArgumentException("The connection string names no Database.", nameof(connectionString));

        // Statements of the loop repeat for ever: each is planned once a connection.
        settings.MaxAutoPrepare = 256;
        settings.AutoPrepareMinUsages = 2;

        // No statement changes the state of its connection, so a pooled one need not be wiped.
        settings.NoResetOnClose = true;
        settings.TcpKeepAlive = true;
        if (!settings.ShouldSerialize("Command Timeout")) settings.CommandTimeout = 300;
        if (!settings.ShouldSerialize("Application Name")) settings.ApplicationName = "closedloop";
        _settings = settings;
        _write = settings.ConnectionString;
        var reading = new NpgsqlConnectionStringBuilder(_write);
        reading.Options = $"{reading.Options} -c default_transaction_read_only=on".TrimStart();
        _read = reading.ConnectionString;
    }

    public override DatabaseKind Kind => DatabaseKind.Postgres;

    public override string DisplayName => string.Create(CultureInfo.InvariantCulture, $"{_settings.Host}:{_settings.Port}/{_settings.Database}");

    public override string ScriptFolder => "postgres";

    public override string BeginMigration => string.Create(CultureInfo.InvariantCulture, $"BEGIN; SELECT pg_advisory_xact_lock({MigrationLock})");

    public override DbConnection OpenRead() => FreshConnections.Add(Open(() => new NpgsqlConnection(_read)));

    public override DbConnection OpenWrite() => Open(() => new NpgsqlConnection(_write));

    public Task<NpgsqlConnection> OpenWriteAsync(CancellationToken cancellation) => OpenAsync(_write, cancellation);

    /// <summary>Connections for the tables of grains.</summary>
    public DbDataSource Source() => new PostgresSource(this, _write);

    /// <summary>A connection that is not pooled, for what lasts as long as it.</summary>
    public NpgsqlConnection OpenAlone(string name) => Open(() => new NpgsqlConnection(ForWriter(name)));

    /// <summary>Another connection of the same kind, from the same pool.</summary>
    public static NpgsqlConnection OpenLike(NpgsqlConnection connection) => Open(() => (NpgsqlConnection)((ICloneable)connection).Clone());

    public override WriteSession OpenSession(TimeProvider time, ILogger logger) => new PostgresWriteSession(this, time, logger);

    /// <summary>Connection string of a writer: not pooled, and known to the server by its name.</summary>
    public string ForWriter(string name) => new NpgsqlConnectionStringBuilder(_write) { Pooling = false, ApplicationName = name }.ConnectionString;

    public override void Check(DbConnection connection)
    {
        var server = (NpgsqlConnection)connection;
        using var command = new NpgsqlCommand("SELECT current_setting('server_version_num')::int, current_setting('server_encoding'), current_setting('server_version')", server);
        using var reader = command.ExecuteReader();
        reader.Read();
        if (reader.GetInt32(0) < OldestServer)
            throw new UnsuitableServerException($"CL3303: the server of {DisplayName} is PostgreSQL {reader.GetString(2)}; expected 13 or newer.");
        if (reader.GetString(1) != "UTF8")
            throw new UnsuitableServerException($"CL3303: the database {DisplayName} is encoded in {reader.GetString(1)}; expected UTF8. Create it with ENCODING 'UTF8' TEMPLATE template0.");
    }

    /// <summary>Opens a connection that was lost.</summary>
    public static void OpenAgain(NpgsqlConnection connection)
    {
        connection.Close();
        Open(() => connection, isKept: true);
    }

    /// <summary>Whether opening again later may succeed: the server is down, starting or stopping.</summary>
    public static bool MayComeBack(Exception error) => error switch
    {
        PostgresException refused => refused.SqlState is PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
            or PostgresErrorCodes.TooManyConnections,
        NpgsqlException or System.Net.Sockets.SocketException or IOException or TimeoutException => true,
        _ => false,
    };

    /// <summary>
    /// A pooled connection may have died with its server without anybody having noticed; it answers once before it is handed out, so that a restart of the
    /// server costs its readers a pause instead of an error each.
    /// </summary>
    private static async Task<NpgsqlConnection> OpenAsync(string connectionString, CancellationToken cancellation)
    {
        var since = Stopwatch.GetTimestamp();
        for (var pause = 20; ; pause = Math.Min(pause * 2, 500))
        {
            var connection = new NpgsqlConnection(connectionString);
            try
            {
                await connection.OpenAsync(cancellation).ConfigureAwait(false);
                var command = new NpgsqlCommand("SELECT 1", connection);
                await using (command.ConfigureAwait(false)) await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false);
                return connection;
            }
            catch (Exception e) when (MayComeBack(e) && Stopwatch.GetElapsedTime(since) < Patience)
            {
                await connection.DisposeAsync().ConfigureAwait(false);
                await Task.Delay(pause, cancellation).ConfigureAwait(false);
            }
            catch
            {
                await connection.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    /// <inheritdoc cref="OpenAsync"/>
    private static NpgsqlConnection Open(Func<NpgsqlConnection> create, bool isKept = false)
    {
        var since = Stopwatch.GetTimestamp();
        for (var pause = 20; ; pause = Math.Min(pause * 2, 500))
        {
            var connection = create();
            try
            {
                connection.Open();
                using var command = new NpgsqlCommand("SELECT 1", connection);
                command.ExecuteScalar();
                return connection;
            }
            catch (Exception e) when (MayComeBack(e) && Stopwatch.GetElapsedTime(since) < Patience)
            {
                connection.Close();
                if (!isKept) connection.Dispose();
                Thread.Sleep(pause);
            }
            catch
            {
                if (!isKept) connection.Dispose();
                throw;
            }
        }
    }
}
