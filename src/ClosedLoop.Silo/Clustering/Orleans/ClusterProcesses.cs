using System.Net;
using ClosedLoop.Data;
using ClosedLoop.Operations.Ports;
using ClosedLoop.Silo.Configuration;
using Orleans.Runtime.MembershipService.SiloMetadata;

namespace ClosedLoop.Silo.Clustering;

/// <summary>The silos of the cluster: who they are stands in the database, what they do and which version they have they told this one when they came.</summary>
internal sealed class ClusterProcesses(SiloSettings settings, Database database, ILocalSiloDetails here, ISiloMetadataCache metadata) : IProcesses
{
    /// <summary>Under which a silo tells the others the version of its program.</summary>
    public const string VersionKey = "version";

    public IReadOnlyList<SeenProcess> All() => [.. MembershipTable.Read(database, settings.Cluster.ClusterId).Select(Of)];

    private SeenProcess Of(MembershipRow row)
    {
        var address = SiloAddress.New(IPAddress.Parse(row.Address), row.Port, row.Generation);

        // Nothing is known of one that has ended, or came a moment ago: it is asked once, in the background.
        var told = metadata.GetSiloMetadata(address).Metadata;
        return new SeenProcess(
            row.Name, row.Host, row.Endpoint, told.GetValueOrDefault(RoleDirector.Key), told.GetValueOrDefault(VersionKey), row.Since, row.SeenAt, row.State, address.Equals(here.SiloAddress));
    }
}
