using ClosedLoop.Data;
using ClosedLoop.Data.Approvals;
using ClosedLoop.Data.Orders;
using ClosedLoop.Grains;
using ClosedLoop.Model;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Orders.Deliveries;

/// <summary>Two people for a delivery that an operator starts and that may reach many (decision 032).</summary>
public sealed partial class DeliveryDesk
{
    private async Task<OperatorAnswer> DecideAsync(long deliveryId, Approver approver, string deed, bool later, Func<WriteContext, bool> act, string what, string possible)
    {
        if (deliveries.Find(deliveryId) is not { } row) return Refused(deliveryId, possible);
        var (takesTwo, now) = (TakesTwo(row, later), time.NowMicroseconds());
        var done = false;
        var verdict = await writer.WriteAsync(context =>
        {
            done = false;

            // What another has said yes to may have been another deed: a start now is not a start on Sunday.
            var subject = $"{SubjectOf(deliveryId)}/{deed}";
            ApprovalStore.ForgetOthers(context, SubjectOf(deliveryId), subject);
            var given = ApprovalStore.Give(context, subject, approver, takesTwo, now);
            if (given == ApprovalVerdict.Released) done = act(context);
            return given;
        });
        return verdict switch
        {
            ApprovalVerdict.Released => done ? new OperatorAnswer(Done: true, FormattableString.Invariant($"delivery {deliveryId} {what}")) : Refused(deliveryId, possible),
            ApprovalVerdict.OneMore => new OperatorAnswer(Done: true, FormattableString.Invariant($"noted for {approver.Person}: delivery {deliveryId} may reach more than {options.TwoPeopleAbove} people and {what} when another person says the same")),
            ApprovalVerdict.SamePerson => new OperatorAnswer(Done: false, FormattableString.Invariant($"CL9591: {approver.Person} has said so already; delivery {deliveryId} takes another person")),
            _ => new OperatorAnswer(Done: false, FormattableString.Invariant($"CL9590: delivery {deliveryId} may reach more than {options.TwoPeopleAbove} people, which takes two users, and '{approver.Name}' is none; use keys that users have made")),
        };
    }

    /// <summary>
    /// Whom a filter selects is known when the delivery starts; that it can be no more than there are is known now. Until a time that is yet to come there may be any number.
    /// </summary>
    private bool TakesTwo(DeliveryRow row, bool later) =>
        options.TwoPeopleAbove > 0 && !row.Test && row.State is DeliveryState.Ready or DeliveryState.Waiting
        && (later || contacts.Count(row.ClientId, row.DatabaseId) > options.TwoPeopleAbove);

    private Task ForgetAsync(long deliveryId) => writer.WriteAsync(context => ApprovalStore.ForgetOthers(context, SubjectOf(deliveryId), but: ""));

    private static string SubjectOf(long deliveryId) => FormattableString.Invariant($"delivery/{deliveryId}");
}
