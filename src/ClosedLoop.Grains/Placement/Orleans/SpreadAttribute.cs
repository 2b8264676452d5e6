using Orleans.Placement;

namespace ClosedLoop.Grains.Placement;

/// <summary>Grains whose keys end in <c>/number</c> go to one silo after the other, so that the slices of a mailing are spread evenly.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SpreadAttribute() : PlacementAttribute(new SpreadPlacement());
