using ClosedLoop.Model.Accounts;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Orders;

/// <summary>When the normal delivery of an order starts (xml-delivery spec section 8).</summary>
internal static class OrderStart
{
    /// <summary>Reports a start that is past (E-14) or in a change of clocks (W-11).</summary>
    /// <param name="reading">The order, read without an error.</param>
    /// <param name="configuration">Says in which zone.</param>
    /// <param name="now">When the order was accepted.</param>
    /// <returns>The moment; null when the order names none, or is for an operator to start.</returns>
    public static DateTimeOffset? Check(OrderReading reading, OrderConfiguration configuration, DateTimeOffset now)
    {
        if (reading.Order!.Delivery is not { Method: DeliveryMethod.Auto, Schedule: { } local }) return null;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(configuration.TimeZone);
        var moment = OrderSchedule.Resolve(local, zone);
        var (line, column) = reading.Places["schedule"];
        if (now - moment > OrderSchedule.Grace) reading.Problems.Add(OrderErrorCodes.E14, line, column, FormattableString.Invariant($"<schedule> is past: it means {moment:yyyy-MM-ddTHH:mm:sszzz}"));
        if (zone.IsInvalidTime(local) || zone.IsAmbiguousTime(local)) reading.Problems.Add(OrderErrorCodes.W11, line, column, FormattableString.Invariant($"<schedule> means {moment:yyyy-MM-ddTHH:mm:sszzz}"));
        return moment;
    }
}
