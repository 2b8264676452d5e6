using ClosedLoop.Grains.Placement;
using Orleans.Runtime.MembershipService.SiloMetadata;

namespace ClosedLoop.Silo.Clustering;

/// <summary>How many silos send at this moment.</summary>
internal sealed class SendingSilos(ISiloStatusOracle silos, ISiloMetadataCache metadata)
{
    /// <summary>At least one: without any, the mailing's slices wait for the first that comes.</summary>
    public int Count() => Math.Max(1, silos.GetApproximateSiloStatuses(onlyActive: true).Keys.Count(silo => RoleDirector.Has(metadata.GetSiloMetadata(silo), Roles.Deliver)));
}
