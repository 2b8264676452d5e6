using System.Globalization;
using ClosedLoop.Data;
using ClosedLoop.Model;
using ClosedLoop.Operations.Ports;

namespace ClosedLoop.Silo.Clustering;

/// <summary>
/// Reads the membership of Orleans (orleans.sql) as it stands in the database. Not asked of the cluster: a silo that is cut off from the others would be told what it thinks itself.
/// </summary>
internal static class MembershipTable
{
    /// <summary>Rows read at most, newest silos first: one that starts and dies over and over leaves a row each time.</summary>
    public const int Most = 500;

    /// <summary>All silos of a cluster, also those that have ended and were not cleared away yet.</summary>
    public static IReadOnlyList<MembershipRow> Read(Database database, string clusterId)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(
            connection,
            """
            SELECT Address, Port, Generation, SiloName, HostName, Status, SuspectTimes,
                CAST(EXTRACT(EPOCH FROM StartTime) * 1000000 AS BIGINT), CAST(EXTRACT(EPOCH FROM IAmAliveTime) * 1000000 AS BIGINT)
            FROM OrleansMembershipTable WHERE DeploymentId = $1 ORDER BY StartTime DESC LIMIT $2
            """);
        using var reader = statement.Query(clusterId, Most);
        var rows = new List<MembershipRow>();
        while (reader.Read())
        {
            var (address, port, generation) = (reader.GetString(0), reader.GetInt32(1), reader.GetInt32(2));
            var self = string.Create(CultureInfo.InvariantCulture, $"{address}:{port}@{generation}");
            rows.Add(new MembershipRow(
                address, port, generation, reader.GetString(3), reader.GetString(4), StateOf(reader.GetInt32(5), reader.IsDBNull(6) ? "" : reader.GetString(6), self),
                Instants.FromMicroseconds(reader.GetInt64(7)), Instants.FromMicroseconds(reader.GetInt64(8))));
        }

        return rows;
    }

    /// <summary>The numbers are those of Orleans' SiloStatus.</summary>
    private static ProcessState StateOf(int status, string votes, string self) => status switch
    {
        3 => ProcessState.Working,
        4 or 5 => ProcessState.Stopping,
        6 => IsOwnWord(votes, self) ? ProcessState.Stopped : ProcessState.Silent,
        _ => ProcessState.Starting,
    };

    /// <summary>Who declares a silo dead puts his address into its row: one that stops in order does so itself, and its is the only one.</summary>
    private static bool IsOwnWord(string votes, string self) => votes.Split('|').All(vote => vote.StartsWith(self + ",", StringComparison.Ordinal));
}
