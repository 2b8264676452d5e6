using ClosedLoop.Data.Orders;
using ClosedLoop.Model;

namespace ClosedLoop.Silo.Operator;

/// <summary>An operation as lists show it, with the fields of xml-delivery spec section 4.</summary>
internal sealed record OperationItem(
    long Id, string ConfigurationName, string FileName, string Host, DateTimeOffset BeginsAt, DateTimeOffset? EndsAt, DateTimeOffset LastModified, string Status, string SubStatus,
    long RowsRead, long RowsAdded, long RowsSkipped)
{
    public static OperationItem Of(OperationRow row) => new(
        row.OperationId, row.Configuration, row.XmlFile ?? Model.Orders.OrderFileName.XmlOf(row.Name), row.Host, Instants.FromMicroseconds(row.BegunAt),
        row.EndedAt is { } ended ? Instants.FromMicroseconds(ended) : null, Instants.FromMicroseconds(row.ModifiedAt), row.Status.ToString().ToUpperInvariant(), row.SubStatus,
        row.RowsRead, row.RowsAdded, row.RowsSkipped);
}
