using ClosedLoop.Data.Orders;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Orders.Deliveries;

/// <summary>States of a delivery in the words of the specification (xml-delivery spec section 4).</summary>
public static class DeliveryWords
{
    public static string Of(DeliveryRow delivery, MailingState? mailing)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        return delivery.State switch
        {
            DeliveryState.Ready => "READY",
            DeliveryState.Waiting => "WAITING",
            DeliveryState.Failed => "FAILED",
            DeliveryState.Interrupted => "INTERRUPTED",
            DeliveryState.Started => mailing switch
            {
                MailingState.Finished => "FINISHED",
                MailingState.Paused or MailingState.Cancelled => "INTERRUPTED",
                _ => "RUNNING",
            },
            DeliveryState.Starting => "RUNNING",
            _ => "LOADING",
        };
    }
}
