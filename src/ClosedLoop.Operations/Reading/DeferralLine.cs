namespace ClosedLoop.Operations.Reading;

/// <summary>A recipient domain that deferred mail.</summary>
/// <param name="ClientKey">Whose mail.</param>
/// <param name="Domain">The domain.</param>
/// <param name="LastMinute">Beginning of the last of the minutes, microseconds.</param>
/// <param name="ByMinute">How often in each minute of the last hour, oldest first.</param>
public sealed record DeferralLine(string ClientKey, string Domain, long LastMinute, IReadOnlyList<int> ByMinute)
{
    public int Total => ByMinute.Sum();
}
