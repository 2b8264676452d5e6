using ClosedLoop.Data;
using ClosedLoop.Data.Accounts;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Contacts;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Orders;
using ClosedLoop.Intake.Files;
using ClosedLoop.Model;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Orders;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Intake.Orders.Deliveries;

/// <summary>
/// Starts deliveries: gathers the recipients that the filter selects at this moment (xml-delivery spec section 6), makes them visible to the mailing engine in one transaction, and
/// tells it. From that transaction on the ledger answers for who is mailed; before it a start that broke off is simply done again.
/// </summary>
public sealed partial class DeliveryStarter(
    DefinitionStore definitions,
    AccountStore accounts,
    ContactStore contacts,
    DeliveryStore deliveries,
    MailingStore mailings,
    RecipientLedger ledger,
    LedgerWriter writer,
    IIntakeSwitchboard switchboard,
    TimeProvider time,
    ILogger<DeliveryStarter> logger)
{
    /// <summary>How often the engine is asked (E-20).</summary>
    private const int Tries = 3;

    /// <summary>Starts a delivery that was decided to start, or goes on with that.</summary>
    /// <exception cref="DeliveryRefusedException">The engine does not take it.</exception>
    internal async Task StartAsync(long deliveryId, CancellationToken cancellation)
    {
        var delivery = deliveries.Find(deliveryId) ?? throw new KeyNotFoundException($"CL3403: delivery {deliveryId} does not exist.");
        if (delivery.State == DeliveryState.Starting)
        {
            await FillAsync(delivery, cancellation);
            var now = time.NowMicroseconds();
            await writer.WriteAsync(context =>
            {
                RecipientLedger.PublishOne(context, deliveryId);
                DeliveryStore.Started(context, deliveryId, now);
            });
            LogStarted(deliveryId, delivery.OperationId);
        }

        Model.Testing.KillSwitch.Reach(Model.Testing.KillPoint.MailingNotTold);
        if (mailings.Find(deliveryId) is { State: MailingState.Prepared }) await TellAsync(deliveryId, cancellation);
    }

    /// <summary>Starts what is due, and goes on with starts that broke off. Who finds his database locked waits for the next time.</summary>
    public async Task DriveAsync(long clientId, IReadOnlySet<long> running, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(running);
        foreach (var delivery in deliveries.Due(clientId).Where(delivery => !running.Contains(delivery.OperationId)))
        {
            var holder = FormattableString.Invariant($"delivery {delivery.DeliveryId}");
            if (!await contacts.TryLockAsync(clientId, delivery.DatabaseId, holder)) continue;
            try
            {
                await deliveries.MoveAsync(delivery.DeliveryId, DeliveryState.Starting, reason: null, DeliveryState.Waiting);
                await StartAsync(delivery.DeliveryId, cancellation);
            }
            catch (DeliveryRefusedException refusal)
            {
                LogRefused(delivery.DeliveryId, refusal.Message);
            }
            finally
            {
                await contacts.UnlockAsync(clientId, delivery.DatabaseId, holder);
            }
        }

        foreach (var deliveryId in deliveries.Untold(clientId)) await TryTellAsync(deliveryId, cancellation);
    }

    /// <summary>An operation fails: its deliveries that were not handed over go; one that the engine refused is cancelled.</summary>
    internal async Task GiveUpAsync(long operationId)
    {
        foreach (var delivery in deliveries.OfOperation(operationId))
        {
            if (delivery.State == DeliveryState.Failed && mailings.Find(delivery.DeliveryId) is { State: MailingState.Prepared } && !delivery.Test)
                await mailings.MoveAsync(delivery.DeliveryId, MailingState.Cancelled, MailingState.Prepared);
            if (delivery.State != DeliveryState.Starting) continue;
            await ledger.ClearImportAsync(delivery.DeliveryId);
            await deliveries.MoveAsync(delivery.DeliveryId, DeliveryState.Making, reason: null, DeliveryState.Starting);
        }

        await deliveries.RemoveUnfinishedAsync(operationId);
    }

    private async Task TryTellAsync(long deliveryId, CancellationToken cancellation)
    {
        try
        {
            await TellAsync(deliveryId, cancellation);
        }
        catch (DeliveryRefusedException refusal)
        {
            LogRefused(deliveryId, refusal.Message);
        }
    }

    private async Task TellAsync(long deliveryId, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await switchboard.StartMailingAsync(deliveryId);
                return;
            }
            catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or TimeoutException)
            {
                if (attempt == Tries) throw new DeliveryRefusedException(FormattableString.Invariant($"delivery {deliveryId} could not be handed over in {Tries} tries: {e.Message}"), e);
                await Task.Delay(TimeSpan.FromMilliseconds(200 * attempt), cancellation);
            }
        }
    }

    [LoggerMessage(1311, LogLevel.Information, "delivery {DeliveryId} of operation {OperationId} is with the sender")]
    private partial void LogStarted(long deliveryId, long operationId);

    [LoggerMessage(1312, LogLevel.Error, "delivery {DeliveryId} could not be started: {Reason}")]
    private partial void LogRefused(long deliveryId, string reason);
}
