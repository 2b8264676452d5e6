using ClosedLoop.Operations.Reading;

namespace ClosedLoop.Operations.Ports;

/// <summary>Which domains said "later" in the last hour.</summary>
public interface IDeferrals
{
    /// <param name="clientId">Whose mail; <c>null</c> for everybody's.</param>
    /// <param name="most">How many domains.</param>
    IReadOnlyList<DeferralLine> Lately(long? clientId, int most);
}
