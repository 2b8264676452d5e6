namespace ClosedLoop.Model.Orders;

/// <summary>
/// An instructions file of XML Delivery that was read without an error (xml-delivery spec section 5). What the account gives (group, database,
/// filters, template) is named by id and not resolved here. Immutable; recipients inside the order are not held but read again from the file.
/// </summary>
public sealed record Order
{
    public required OrderAuth Auth { get; init; }

    public required OrderChannel Channel { get; init; }

    /// <summary>Id of the group: source of defaults and of the database.</summary>
    public required long Newsletter { get; init; }

    /// <summary>Keep trying while the database is locked (section 6.1).</summary>
    public bool Retry { get; init; }

    /// <summary>Who gets the normal delivery; null when only a test is sent.</summary>
    public OrderTarget? Normal { get; init; }

    /// <summary>Who gets the test delivery; null when there is none.</summary>
    public OrderTarget? Test { get; init; }

    /// <summary>Rendering and spam analysis of the test, which needs an option of the account.</summary>
    public bool Rendering { get; init; }

    public required OrderDelivery Delivery { get; init; }

    public IReadOnlyList<OrderNote> Notes { get; init; } = [];

    public required OrderMessage Message { get; init; }

    public OrderReport Report { get; init; } = new();
}
