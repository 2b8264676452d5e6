using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Orders;
using ClosedLoop.Intake.Orders.Deliveries;
using ClosedLoop.Model;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Silo.Operator;

/// <summary>A delivery as lists show it.</summary>
internal sealed record DeliveryItem(
    long Id, long OperationId, string Name, string Channel, bool Test, string State, long FilterId, DateTimeOffset? StartsAt, DateTimeOffset? ProposedAt, DateTimeOffset? StartedAt,
    long Accepted, string? PublishedAt, string? Reason, IReadOnlyList<OrderNote> Notes)
{
    public static DeliveryItem Of(DeliveryRow row, DeliveryStore deliveries, MailingStore mailings)
    {
        var mailing = mailings.Find(row.DeliveryId);
        return new DeliveryItem(
            row.DeliveryId, Math.Abs(row.OperationId), row.Name, row.Channel.ToString().ToLowerInvariant(), row.Test, DeliveryWords.Of(row, mailing?.State), row.FilterId,
            Time(row.StartAt), Time(row.ProposedAt), Time(row.StartedAt), mailing?.Accepted ?? 0, row.WebToken is { } token ? "/w/" + token : null, row.Reason, deliveries.Notes(row.DeliveryId));
    }

    private static DateTimeOffset? Time(long? microseconds) => microseconds is { } at ? Instants.FromMicroseconds(at) : null;
}
