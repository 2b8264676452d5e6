namespace ClosedLoop.Grains.Placement;

/// <summary>See <see cref="SpreadAttribute"/>.</summary>
[Serializable, GenerateSerializer, Immutable, Alias("ClosedLoop.SpreadPlacement")]
public sealed class SpreadPlacement : PlacementStrategy;
