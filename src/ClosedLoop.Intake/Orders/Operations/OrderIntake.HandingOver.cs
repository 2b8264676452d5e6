using ClosedLoop.Data.Orders;
using ClosedLoop.Intake.Orders.Deliveries;
using ClosedLoop.Model;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Orders.Operations;

/// <summary>Step 9: the test goes out, then the normal delivery is given to the sender, queued, or left ready.</summary>
public sealed partial class OrderIntake
{
    private async Task HandOverAsync(OperationWork work, CancellationToken cancellation)
    {
        if (work.Operation.Step >= OperationStep.HandedOver) return;
        if (work.Operation.SubStatus != SubStatus.Started) await operations.TransitAsync(work.Id, [(SubStatus.Started, "")]);
        work.Operation = Found(work.Id);
        await TryReportAsync(work, cancellation);
        var made = deliveries.OfOperation(work.Id);
        if (made.FirstOrDefault(delivery => delivery.Test) is { } test) await StartTestAsync(work, test, cancellation);
        var outcome = "test only";
        if (made.FirstOrDefault(delivery => !delivery.Test) is { } normal) outcome = await HandOverAsync(work, normal, cancellation);
        await ReachAsync(work, OperationStep.HandedOver, cancellation, transitions: (SubStatus.Finished, outcome));
    }

    private async Task StartTestAsync(OperationWork work, DeliveryRow test, CancellationToken cancellation)
    {
        try
        {
            await StartAsync(test, cancellation);
        }
        catch (DeliveryRefusedException refusal)
        {
            await deliveries.MoveAsync(test.DeliveryId, DeliveryState.Failed, refusal.Message, DeliveryState.Making, DeliveryState.Starting, DeliveryState.Started);
            await AddProblemsAsync(work, [OrderProblem.Of(OrderErrorCodes.W16, 0, 0, refusal.Message)]);
        }
    }

    private async Task<string> HandOverAsync(OperationWork work, DeliveryRow normal, CancellationToken cancellation)
    {
        if (work.Order.Delivery.Method == DeliveryMethod.Manual)
        {
            await deliveries.MoveAsync(normal.DeliveryId, DeliveryState.Ready, reason: null, DeliveryState.Making);
            return "ready; an operator starts it";
        }

        if (normal.StartAt is { } at)
        {
            if (at > time.NowMicroseconds())
            {
                await deliveries.MoveAsync(normal.DeliveryId, DeliveryState.Waiting, reason: null, DeliveryState.Making);
                return FormattableString.Invariant($"waits for {TimeZoneInfo.ConvertTime(Instants.FromMicroseconds(at), work.Zone):yyyy-MM-ddTHH:mm:sszzz}");
            }

            // Not what a restart finds waiting already: that was handed over, and starts with the others whose time has come.
            if (normal.State == DeliveryState.Waiting) return "waits";
            if (work.Operation.BegunAt < at) await AddProblemsAsync(work, [OrderProblem.Of(OrderErrorCodes.W15, 0, 0, "the time of <schedule> passed before the hand-over; the delivery was started at once")]);
        }

        try
        {
            await StartAsync(normal, cancellation);
            return "given to the sender";
        }
        catch (DeliveryRefusedException refusal)
        {
            await deliveries.MoveAsync(normal.DeliveryId, DeliveryState.Failed, refusal.Message, DeliveryState.Starting, DeliveryState.Started);
            throw new OperationFailure(OrderErrorCodes.E20, refusal.Message, refusal);
        }
    }

    private async Task StartAsync(DeliveryRow delivery, CancellationToken cancellation)
    {
        await deliveries.MoveAsync(delivery.DeliveryId, DeliveryState.Starting, reason: null, DeliveryState.Making);
        await starter.StartAsync(delivery.DeliveryId, cancellation);
    }
}
