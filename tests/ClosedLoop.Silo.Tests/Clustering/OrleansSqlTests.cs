using ClosedLoop.Data;
using ClosedLoop.Silo.Clustering;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Testing.Servers;
using Npgsql;

namespace ClosedLoop.Silo.Tests.Clustering;

/// <summary>The statements that Orleans' ADO.NET providers read from the database, asked as these ask them. The scenarios of the Orleans build run the providers themselves.</summary>
public sealed class OrleansSqlTests : IAsyncLifetime
{
    private static readonly (string Name, object Value)[] Key =
        [("GrainIdHash", 1), ("GrainIdN0", 2L), ("GrainIdN1", 3L), ("GrainTypeHash", 4), ("GrainTypeString", "state"), ("GrainIdExtensionString", "key"), ("ServiceId", "s")];

    private static readonly (string Name, object Value)[] Silo = [("DeploymentId", "c"), ("Address", "10.0.0.1"), ("Port", 11111), ("Generation", 7)];

    private string _connection = "";

    public async Task InitializeAsync()
    {
        if (PostgresServer.WhyNot() is not null) return;
        _connection = (await PostgresServer.SharedAsync()).CreateDatabase();
        var database = Database.Postgres(_connection);
        await SiloGrains.CreateTablesAsync(database, new SiloSettings(), CancellationToken.None);
        for (var start = 0; start < 2; start++) OrleansScript.Run(database);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [PostgresFact]
    public async Task Of_two_first_writes_of_a_state_one_is_refused_and_so_is_a_write_over_another()
    {
        Assert.Equal(1, await AskAsync("WriteToStorageKey", [.. Key, ("GrainStateVersion", DBNull.Value), ("PayloadBinary", new byte[] { 1 })]));
        Assert.Equal(DBNull.Value, await AskAsync("WriteToStorageKey", [.. Key, ("GrainStateVersion", DBNull.Value), ("PayloadBinary", new byte[] { 2 })]));
        Assert.Equal(2, await AskAsync("WriteToStorageKey", [.. Key, ("GrainStateVersion", 1), ("PayloadBinary", new byte[] { 3 })]));

        // The version comes back as it was sent: nothing was written.
        Assert.Equal(1, await AskAsync("WriteToStorageKey", [.. Key, ("GrainStateVersion", 1), ("PayloadBinary", new byte[] { 4 })]));
        Assert.Equal(new byte[] { 3 }, await AskAsync("ReadFromStorageKey", Key));
        Assert.Null(await AskAsync("ClearStorageKey", [.. Key, ("GrainStateVersion", 1)]));
        Assert.Equal(3, await AskAsync("ClearStorageKey", [.. Key, ("GrainStateVersion", 2)]));
        Assert.Equal(4, await AskAsync("DeleteStorageKey", [.. Key, ("GrainStateVersion", 3)]));
        Assert.Null(await AskAsync("ReadFromStorageKey", Key));
    }

    [PostgresFact]
    public async Task States_of_keys_without_text_are_kept_apart_by_number()
    {
        (string Name, object Value)[] NumberKey(long number) => [.. Key.Select(part => part.Name switch { "GrainIdExtensionString" => (part.Name, DBNull.Value), "GrainIdN1" => (part.Name, number), _ => part })];
        foreach (var number in (long[])[1, 2])
            Assert.Equal(1, await AskAsync("WriteToStorageKey", [.. NumberKey(number), ("GrainStateVersion", DBNull.Value), ("PayloadBinary", new byte[] { (byte)number })]));
        Assert.Equal(new byte[] { 2 }, await AskAsync("ReadFromStorageKey", NumberKey(2)));
    }

    [PostgresFact]
    public async Task Whoever_did_not_see_the_newest_membership_changes_nothing()
    {
        (string, object)[] entry = [.. Silo, ("SiloName", "a"), ("HostName", "h"), ("Status", 1), ("ProxyPort", 0), ("StartTime", DateTime.UtcNow), ("IAmAliveTime", DateTime.UtcNow)];
        Assert.Equal(1, await AskAsync("InsertMembershipVersionKey", Silo[0]));
        Assert.Equal(0, await AskAsync("InsertMembershipVersionKey", Silo[0]));
        Assert.Equal(0, await AskAsync("InsertMembershipKey", [.. entry, ("Version", 1)]));
        Assert.Equal(1, await AskAsync("InsertMembershipKey", [.. entry, ("Version", 0)]));
        Assert.Equal(0, await AskAsync("InsertMembershipKey", [.. entry, ("Version", 1)]));
        (string, object)[] dead = [.. Silo, ("Status", 6), ("SuspectTimes", "x"), ("IAmAliveTime", DateTime.UtcNow)];
        Assert.Equal(0, await AskAsync("UpdateMembershipKey", [.. dead, ("Version", 0)]));
        Assert.Equal(1, await AskAsync("UpdateMembershipKey", [.. dead, ("Version", 1)]));
        Assert.Equal(6, await AskAsync("MembershipReadAllKey", "Status", Silo[0]));
        Assert.Equal(2, await AskAsync("MembershipReadRowKey", "Version", [.. Silo.Select(part => part.Name == "Port" ? (part.Name, (object)1) : part)]));
        await AskAsync("CleanupDefunctSiloEntriesKey", Silo[0], ("IAmAliveTime", DateTime.UtcNow.AddHours(1)));
        Assert.Equal(DBNull.Value, await AskAsync("MembershipReadAllKey", "Status", Silo[0]));
    }

    [PostgresFact]
    public async Task Reminders_are_found_by_grain_and_by_range_and_removed_by_version()
    {
        (string, object)[] reminder = [("ServiceId", "s"), ("GrainId", "g"), ("ReminderName", "r")];
        Assert.Equal(0, await AskAsync("UpsertReminderRowKey", [.. reminder, ("StartTime", DateTime.UtcNow), ("Period", 60_000), ("GrainHash", -5)]));
        Assert.Equal(1, await AskAsync("UpsertReminderRowKey", [.. reminder, ("StartTime", DateTime.UtcNow), ("Period", 3_000_000_000L), ("GrainHash", -5)]));
        Assert.Equal("g", await AskAsync("ReadReminderRowKey", reminder));
        Assert.Equal("g", await AskAsync("ReadReminderRowsKey", reminder[..2]));
        Assert.Equal("g", await AskAsync("ReadRangeRows1Key", reminder[0], ("BeginHash", -6), ("EndHash", -5)));
        Assert.Null(await AskAsync("ReadRangeRows1Key", reminder[0], ("BeginHash", -5), ("EndHash", 5)));
        Assert.Equal("g", await AskAsync("ReadRangeRows2Key", reminder[0], ("BeginHash", 5), ("EndHash", -5)));
        Assert.Equal(0, await AskAsync("DeleteReminderRowKey", [.. reminder, ("Version", 0)]));
        Assert.Equal(1, await AskAsync("DeleteReminderRowKey", [.. reminder, ("Version", 1)]));
    }

    private Task<object?> AskAsync(string query, params (string Name, object Value)[] parameters) => AskAsync(query, column: null, parameters);

    /// <summary>The first row's column, or its first.</summary>
    private async Task<object?> AskAsync(string query, string? column, params (string Name, object Value)[] parameters)
    {
        await using var source = NpgsqlDataSource.Create(_connection);
        await using var text = source.CreateCommand("SELECT QueryText FROM OrleansQuery WHERE QueryKey = $1");
        text.Parameters.AddWithValue(query);
        await using var command = source.CreateCommand((string)(await text.ExecuteScalarAsync())!);
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value);
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync() ? reader[column is null ? 0 : reader.GetOrdinal(column)] : null;
    }
}
