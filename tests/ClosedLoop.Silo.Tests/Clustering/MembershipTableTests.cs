using ClosedLoop.Data;
using ClosedLoop.Operations.Ports;
using ClosedLoop.Silo.Clustering;
using ClosedLoop.Testing.Servers;
using Npgsql;

namespace ClosedLoop.Silo.Tests.Clustering;

/// <summary>The membership as Orleans leaves it in the database, read for the dashboard.</summary>
public sealed class MembershipTableTests
{
    private const string Cluster = "c";
    private static readonly DateTime Now = new(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);

    [PostgresFact]
    public async Task A_silo_that_was_stopped_is_told_from_one_that_was_taken_for_dead()
    {
        var connection = (await PostgresServer.SharedAsync()).CreateDatabase();
        var database = Database.Postgres(connection);
        OrleansScript.Run(database);
        await using var source = NpgsqlDataSource.Create(connection);
        await source.CreateCommand("INSERT INTO OrleansMembershipVersionTable (DeploymentId) VALUES ('c'), ('other')").ExecuteNonQueryAsync();
        await AddAsync(source, Cluster, 1, "working", 3, votes: null);
        await AddAsync(source, Cluster, 2, "suspected", 3, "10.0.0.1:1@7,2026-03-02 08:59:00.000 GMT");
        await AddAsync(source, Cluster, 3, "joining", 2, votes: null);
        await AddAsync(source, Cluster, 4, "leaving", 4, votes: null);
        await AddAsync(source, Cluster, 5, "stopped", 6, "10.0.0.5:5@7,2026-03-02 08:59:00.000 GMT");
        await AddAsync(source, Cluster, 6, "dead", 6, "10.0.0.1:1@7,2026-03-02 08:58:58.000 GMT|10.0.0.2:2@7,2026-03-02 08:59:00.000 GMT");
        await AddAsync(source, "other", 7, "stranger", 3, votes: null);

        var rows = MembershipTable.Read(database, Cluster).ToDictionary(row => row.Name, StringComparer.Ordinal);

        Assert.Equal(
            ["dead Silent", "joining Starting", "leaving Stopping", "stopped Stopped", "suspected Working", "working Working"],
            rows.Values.Select(row => $"{row.Name} {row.State}").Order(StringComparer.Ordinal));
        Assert.Equal(
            new MembershipRow("10.0.0.1", 1, 7, "working", "host-1", ProcessState.Working, new DateTimeOffset(Now.AddHours(-1)), new DateTimeOffset(Now.AddSeconds(-5))), rows["working"]);
        Assert.Empty(MembershipTable.Read(database, "nobody"));
    }

    [PostgresFact]
    public async Task Of_very_many_silos_the_newest_are_read()
    {
        var connection = (await PostgresServer.SharedAsync()).CreateDatabase();
        var database = Database.Postgres(connection);
        OrleansScript.Run(database);
        await using var source = NpgsqlDataSource.Create(connection);
        await source.CreateCommand("INSERT INTO OrleansMembershipVersionTable (DeploymentId) VALUES ('c')").ExecuteNonQueryAsync();
        await using var fill = source.CreateCommand(
            "INSERT INTO OrleansMembershipTable (DeploymentId, Address, Port, Generation, SiloName, HostName, Status, StartTime, IAmAliveTime) SELECT 'c', '10.0.0.1', 1, n, 's' || n, 'h', 6, now() + n * interval '1 second', now() FROM generate_series(1, $1) n");
        fill.Parameters.AddWithValue(MembershipTable.Most + 1);
        await fill.ExecuteNonQueryAsync();
        var rows = MembershipTable.Read(database, Cluster);
        Assert.Equal(MembershipTable.Most, rows.Count);
        Assert.DoesNotContain(rows, row => row.Name == "s1");
    }

    private static async Task AddAsync(NpgsqlDataSource source, string cluster, int number, string name, int status, string? votes)
    {
        await using var command = source.CreateCommand("INSERT INTO OrleansMembershipTable (DeploymentId, Address, Port, Generation, SiloName, HostName, Status, SuspectTimes, StartTime, IAmAliveTime) VALUES ($1, $2, $3, 7, $4, $5, $6, $7, $8, $9)");
        foreach (var value in new object[] { cluster, $"10.0.0.{number}", number, name, $"host-{number}", status, (object?)votes ?? DBNull.Value, Now.AddHours(-1), Now.AddSeconds(-5) })
            command.Parameters.AddWithValue(value);
        await command.ExecuteNonQueryAsync();
    }
}
