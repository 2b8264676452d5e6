using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Orders;

/// <summary>What reading an order gave: the order when it has no error, the problems in any case.</summary>
public sealed class OrderReading
{
    internal OrderReading(Order? order, OrderProblems problems, OrderPlaces places) => (Order, Problems, Places) = (order, problems, places);

    /// <summary>Null when there is an error.</summary>
    public Order? Order { get; }

    public OrderProblems Problems { get; }

    /// <summary>Where the elements stand, for what is checked later.</summary>
    internal OrderPlaces Places { get; }
}
