namespace ClosedLoop.Model.Orders;

/// <summary>How and when the normal delivery goes out (xml-delivery spec section 8).</summary>
public sealed record OrderDelivery
{
    public required DeliveryMethod Method { get; init; }

    /// <summary>Local time of the account's zone; see <see cref="OrderSchedule"/>. Null means at once.</summary>
    public DateTime? Schedule { get; init; }

    public bool RemoveDuplicates { get; init; }

    public bool Transactional { get; init; }

    public StatisticsReport? StatisticsReport { get; init; }
}
