namespace ClosedLoop.Model.Mailings;

/// <summary>What is fetched for each recipient of an order when the message is made (xml-delivery spec section 10).</summary>
public sealed record FrozenFetching
{
    /// <summary>Hosts of the account that may be asked; the service's list holds besides.</summary>
    public required IReadOnlyList<string> Hosts { get; init; }

    /// <summary>In the order of their places, which follow the list's columns and the system fields.</summary>
    public required IReadOnlyList<FetchingSlot> Slots { get; init; }
}
