using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Data.Optimove;

/// <summary>Somebody's consent may have changed.</summary>
/// <param name="Person">An address, or the client's own id.</param>
/// <param name="ByAddress">Whether it is an address, which may be several people's.</param>
/// <param name="Medium">What the consent is to.</param>
/// <param name="Recorded">Stamp of the change.</param>
public sealed record ConsentChange(string Person, bool ByAddress, MessageChannel Medium, long Recorded);
