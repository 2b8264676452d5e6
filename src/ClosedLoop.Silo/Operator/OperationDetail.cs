using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Orders;

namespace ClosedLoop.Silo.Operator;

/// <summary>Everything there is to say about an operation.</summary>
internal sealed record OperationDetail(OperationItem Operation, IReadOnlyList<TransitionView> Transitions, IReadOnlyList<string> Problems, IReadOnlyList<DeliveryItem> Deliveries)
{
    public static OperationDetail Of(OperationRow row, OperationStore operations, DeliveryStore deliveries, MailingStore mailings) => new(
        OperationItem.Of(row), [.. operations.Transitions(row.OperationId).Select(TransitionView.Of)], [.. operations.Problems(row.OperationId).Select(problem => problem.Text)],
        [.. deliveries.OfOperation(row.OperationId).Select(delivery => DeliveryItem.Of(delivery, deliveries, mailings))]);
}
