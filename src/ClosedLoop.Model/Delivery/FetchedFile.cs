using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Model.Delivery;

/// <summary>A file as it came from another server.</summary>
/// <param name="File">What is frozen of it.</param>
/// <param name="Content">Its octets.</param>
public sealed record FetchedFile(FrozenFile File, byte[] Content);
