using ClosedLoop.Data;
using ClosedLoop.Data.Approvals;
using ClosedLoop.Data.Contacts;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Orders;
using ClosedLoop.Grains;
using ClosedLoop.Intake.Files;
using ClosedLoop.Model;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Orders.Deliveries;

/// <summary>What an operator does with deliveries (xml-delivery spec section 8). Only he changes a draft.</summary>
public sealed partial class DeliveryDesk(
    DeliveryStore deliveries, MailingStore mailings, ContactStore contacts, LedgerWriter writer, IIntakeSwitchboard switchboard, IntakeOptions options, TimeProvider time)
{
    /// <summary>Decides that a draft, or a delivery that waits for its time, starts now; the folder's poller gathers its recipients. Asked twice it starts once.</summary>
    /// <param name="deliveryId">The delivery.</param>
    /// <param name="approver">Who says so; where it takes two people, the second one starts it.</param>
    public Task<OperatorAnswer> StartAsync(long deliveryId, Approver approver) => DecideAsync(
        deliveryId, approver, deed: "start", later: false,
        context => DeliveryStore.Move(context, deliveryId, DeliveryState.Starting, reason: null, DeliveryState.Ready, DeliveryState.Waiting), "starts", "can be started");

    /// <summary>Gives a draft or a waiting delivery a time.</summary>
    /// <param name="deliveryId">The delivery.</param>
    /// <param name="at">When.</param>
    /// <param name="approver">Who says so; where it takes two people, both have to name the same time.</param>
    public async Task<OperatorAnswer> ScheduleAsync(long deliveryId, DateTimeOffset at, Approver approver)
    {
        if (at < time.GetUtcNow()) return new OperatorAnswer(Done: false, FormattableString.Invariant($"{at:yyyy-MM-ddTHH:mm:sszzz} is past; start the delivery instead"));
        return await DecideAsync(
            deliveryId, approver, FormattableString.Invariant($"at {at.UtcDateTime:yyyy-MM-dd HH:mm:ss}"), later: true,
            context => DeliveryStore.Schedule(context, deliveryId, Instants.ToMicroseconds(at)), FormattableString.Invariant($"starts at {at:yyyy-MM-ddTHH:mm:sszzz}"), "can be given a time");
    }

    /// <summary>Makes a draft of its own of a delivery: same content, same recipients.</summary>
    public async Task<OperatorAnswer> DuplicateAsync(long deliveryId)
    {
        if (deliveries.Find(deliveryId) is not { Test: false } row || mailings.Find(deliveryId) is not { } mailing) return new OperatorAnswer(Done: false, FormattableString.Invariant($"there is no normal delivery {deliveryId}"));
        var now = time.NowMicroseconds();
        var copy = await writer.WriteAsync(context =>
        {
            var id = DeliveryStore.Create(context, new NewDelivery
            {
                // Of the same operation, but not the one that it made.
                OperationId = -Math.Abs(row.OperationId),
                AccountVersion = row.AccountVersion,
                Mailing = new NewMailing
                {
                    ClientId = row.ClientId,
                    ClientVersion = mailing.ClientVersion,
                    SourceId = 0,
                    SourceVersion = 0,
                    FileId = mailing.FileId,
                    Name = row.Name,
                    Channel = mailing.Channel,
                },
                Channel = row.Channel,
                DatabaseId = row.DatabaseId,
                FilterId = row.FilterId,
                Code = row.Code,
                ContentHash = row.ContentHash,
                RemoveDuplicates = row.RemoveDuplicates,
                Transactional = row.Transactional,
                ProposedAt = row.ProposedAt ?? row.StartAt,
                WebToken = row.WebToken,
                ReportTo = row.ReportTo,
                ReportHours = row.ReportHours,
                Notes = deliveries.Notes(deliveryId),
            }, now);
            DeliveryStore.Move(context, id, DeliveryState.Ready, reason: null, DeliveryState.Making);
            return id;
        });
        return new OperatorAnswer(Done: true, FormattableString.Invariant($"draft {copy} is a duplicate of {deliveryId}"));
    }

    /// <summary>Deletes a draft, or what failed or was given up before its start.</summary>
    public async Task<OperatorAnswer> DeleteAsync(long deliveryId)
    {
        if (!await deliveries.DeleteAsync(deliveryId)) return Refused(deliveryId, "can be deleted");
        await ForgetAsync(deliveryId);
        return new OperatorAnswer(Done: true, FormattableString.Invariant($"delivery {deliveryId} is deleted"));
    }

    /// <summary>Gives a waiting delivery up, or ends one that is being sent.</summary>
    public async Task<OperatorAnswer> CancelAsync(long deliveryId, string reason)
    {
        if (await deliveries.MoveAsync(deliveryId, DeliveryState.Interrupted, reason, DeliveryState.Ready, DeliveryState.Waiting))
        {
            await ForgetAsync(deliveryId);
            return new OperatorAnswer(Done: true, FormattableString.Invariant($"delivery {deliveryId} will not start"));
        }

        if (deliveries.Find(deliveryId) is not { State: DeliveryState.Started } || mailings.Find(deliveryId) is not { State: MailingState.Prepared or MailingState.Queued or MailingState.Sending or MailingState.Paused })
            return Refused(deliveryId, "can be cancelled");
        await switchboard.CancelMailingAsync(deliveryId, reason);
        return new OperatorAnswer(Done: true, FormattableString.Invariant($"delivery {deliveryId} is cancelled; whoever has not got it will not"));
    }

    private OperatorAnswer Refused(long deliveryId, string what) => deliveries.Find(deliveryId) is { } row
        ? new OperatorAnswer(Done: false, FormattableString.Invariant($"delivery {deliveryId} is {DeliveryWords.Of(row, mailings.Find(deliveryId)?.State)}; only one that is ready or waits {what}"))
        : new OperatorAnswer(Done: false, FormattableString.Invariant($"there is no delivery {deliveryId}"));
}
