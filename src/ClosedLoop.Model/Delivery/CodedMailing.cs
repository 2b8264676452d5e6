using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Model.Delivery;

/// <summary>A message without fetching codes.</summary>
/// <param name="Frozen">As it can be frozen.</param>
/// <param name="Files">Octets of pictures that were fetched; to be stored with it.</param>
public sealed record CodedMailing(FrozenMailing Frozen, IReadOnlyList<byte[]> Files);
