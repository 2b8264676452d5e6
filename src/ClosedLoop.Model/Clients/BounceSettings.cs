namespace ClosedLoop.Model.Clients;

/// <summary>The <c>bounce.*</c> keys of closed-loop spec section 19: at the limit an address gets no more mail.</summary>
public sealed record BounceSettings
{
    public int HardLimit { get; init; } = 3;

    public int SoftLimit { get; init; } = 5;
}
