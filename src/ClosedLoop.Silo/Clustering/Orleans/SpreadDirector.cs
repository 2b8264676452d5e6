using ClosedLoop.Grains.Placement;
using ClosedLoop.Model.Delivery;
using Orleans.Runtime.Placement;

namespace ClosedLoop.Silo.Clustering;

/// <summary>Slice after slice to silo after silo; mailings begin at different ones.</summary>
internal sealed class SpreadDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        _ = (SpreadPlacement)strategy;
        var silos = context.GetCompatibleSilos(target).Order().ToArray();
        var slice = BatchSlice.Parse(target.GrainIdentity.Key.ToString()!);
        return Task.FromResult(silos[(int)((slice.MailingId + slice.Number) % silos.Length)]);
    }
}
