using ClosedLoop.Grains.Placement;
using Orleans.Placement;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Runtime.Placement;

namespace ClosedLoop.Silo.Clustering;

/// <summary>Leaves only those silos that have the role a grain asks for.</summary>
internal sealed class RoleDirector(ISiloMetadataCache metadata) : IPlacementFilterDirector
{
    /// <summary>Under which a silo tells the others its roles.</summary>
    public const string Key = "roles";

    public IEnumerable<SiloAddress> Filter(PlacementFilterStrategy filterStrategy, PlacementTarget target, IEnumerable<SiloAddress> silos) =>
        silos.Where(silo => Has(metadata.GetSiloMetadata(silo), ((RoleFilter)filterStrategy).Role));

    /// <summary>Whether a silo has a role.</summary>
    public static bool Has(SiloMetadata silo, string role) =>
        silo.Metadata.TryGetValue(Key, out var roles)
        && roles.Split(',', StringSplitOptions.TrimEntries).Any(has => has.Equals(role, StringComparison.OrdinalIgnoreCase) || has.Equals("All", StringComparison.Ordinal));
}
