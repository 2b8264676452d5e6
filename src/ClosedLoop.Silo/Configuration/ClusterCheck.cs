using System.Net;
using System.Net.Sockets;
using ClosedLoop.Data;
using ClosedLoop.Silo.Clustering;

namespace ClosedLoop.Silo.Configuration;

/// <summary>Checks the settings of several silos.</summary>
internal static class ClusterCheck
{
    private const int LongestName = 150;

    public static IEnumerable<string> Faults(SiloSettings settings)
    {
        var cluster = settings.Cluster;
        foreach (var fault in EngineFaults(settings)) yield return fault;
        foreach (var (key, value) in new[] { ("ServiceId", cluster.ServiceId), ("ClusterId", cluster.ClusterId), ("Name", cluster.Name ?? "silo") })
        {
            if (string.IsNullOrWhiteSpace(value) || value.Length > LongestName) yield return $"ClosedLoop:Cluster:{key} is '{value}'; expected a name of 1 to {LongestName} characters.";
        }

        if (cluster.SiloPort is < 1 or > 65535) yield return $"ClosedLoop:Cluster:SiloPort is {cluster.SiloPort}; expected 1 to 65535.";
        if (cluster.GatewayPort is < 0 or > 65535) yield return $"ClosedLoop:Cluster:GatewayPort is {cluster.GatewayPort}; expected 0 to 65535.";
        if (cluster.GatewayPort == cluster.SiloPort) yield return $"ClosedLoop:Cluster:GatewayPort is {cluster.GatewayPort}, which is SiloPort; expected another port, or 0.";
        if (cluster.ProbeSeconds is not (>= 0.5 and <= 60)) yield return $"ClosedLoop:Cluster:ProbeSeconds is {cluster.ProbeSeconds}; expected 0.5 to 60.";
        if (cluster.MissedProbes is < 1 or > 20) yield return $"ClosedLoop:Cluster:MissedProbes is {cluster.MissedProbes}; expected 1 to 20.";
        if (cluster.UnreadySeconds is not (>= 0 and <= 300)) yield return $"ClosedLoop:Cluster:UnreadySeconds is {cluster.UnreadySeconds}; expected 0 to 300.";
        if (cluster.LeaseSeconds is not (>= 2 and <= 300)) yield return $"ClosedLoop:Cluster:LeaseSeconds is {cluster.LeaseSeconds}; expected 2 to 300.";
    }

    /// <summary>The address that the others are told.</summary>
    /// <exception cref="SocketException">The name has none.</exception>
    public static IPAddress AddressOf(ClusterSettings cluster) => IPAddress.TryParse(cluster.AdvertisedAddress, out var address)
        ? address
        : Array.Find(Dns.GetHostAddresses(cluster.AdvertisedAddress), found => found.AddressFamily == AddressFamily.InterNetwork)
            ?? throw new SocketException((int)SocketError.HostNotFound, $"'{cluster.AdvertisedAddress}' has no IPv4 address");

    private static IEnumerable<string> EngineFaults(SiloSettings settings)
    {
        if ((settings.Roles & ~SiloRoles.All) != 0 || settings.Roles == SiloRoles.None)
            yield return $"ClosedLoop:Roles is '{settings.Roles}'; expected some of ingest, deliver, gateway, operate.";
        if (!SiloGrains.IsClustered)
        {
            if (settings.Roles != SiloRoles.All) yield return $"ClosedLoop:Roles is '{settings.Roles}'; this build has the embedded engine, one process that does everything. For several silos build with Engine=Orleans.";
            if (settings.Cluster.Dashboard) yield return "ClosedLoop:Cluster:Dashboard is true; this build has the embedded engine, which has none. Expected false.";
            yield break;
        }

        if (settings.Database.Provider != DatabaseKind.Postgres)
            yield return "ClosedLoop:Database:Provider is Sqlite; this build has the Orleans engine, whose silos share a PostgreSQL database. For one process on SQLite build with Engine=Embedded.";
        if (string.IsNullOrWhiteSpace(settings.Cluster.AdvertisedAddress)) yield return "ClosedLoop:Cluster:AdvertisedAddress is empty; expected an IP address or a host name.";
    }
}
