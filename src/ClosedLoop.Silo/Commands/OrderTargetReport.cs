using System.Globalization;
using ClosedLoop.Intake.Orders;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Silo.Commands;

/// <summary>Whom one delivery of an order goes to, as <c>check</c> says it.</summary>
internal sealed record OrderTargetReport(long? Filter, string? List, long? Rows, long? Usable)
{
    public string Words => Filter is { } filter
        ? string.Create(CultureInfo.InvariantCulture, $"filter {filter}")
        : string.Create(CultureInfo.InvariantCulture, $"{List ?? "recipients of the order"}{(Rows is null ? ", not read" : $", {Rows} rows, {Usable} usable")}");

    public static OrderTargetReport? Of(OrderTarget? target, RowCounts? counts) => target switch
    {
        null => null,
        FilterTarget filter => new OrderTargetReport(filter.FilterId, null, null, null),
        _ => new OrderTargetReport(null, (target as ListTarget)?.FileName, counts?.Read, counts?.Usable),
    };
}
