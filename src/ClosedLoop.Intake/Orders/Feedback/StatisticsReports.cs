using System.Globalization;
using ClosedLoop.Data;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Notices;
using ClosedLoop.Data.Orders;
using ClosedLoop.Model;

namespace ClosedLoop.Intake.Orders.Feedback;

/// <summary>Mails the statistics of deliveries whose order asked for them, some hours after their start (xml-delivery spec section 8).</summary>
public sealed class StatisticsReports(DeliveryStore deliveries, RecipientLedger ledger, LedgerWriter writer, TimeProvider time)
{
    /// <summary>Writes what is due; each once.</summary>
    public async Task WriteAsync(long clientId)
    {
        foreach (var delivery in deliveries.StatisticsDue(clientId))
        {
            var notice = new NewNotice(
                FormattableString.Invariant($"delivery/{delivery.DeliveryId}/statistics"), clientId, delivery.ReportTo,
                $"[closed-loop] STATISTICS {delivery.Name}", BodyOf(delivery));
            var now = time.NowMicroseconds();
            await writer.WriteAsync(context =>
            {
                NoticeStore.Add(context, notice, now);
                DeliveryStore.Reported(context, delivery.DeliveryId);
            });
        }
    }

    private string BodyOf(DeliveryRow delivery)
    {
        var counts = ledger.Count(delivery.DeliveryId);
        var (opens, openers, clicks, clickers) = deliveries.Reactions(delivery.DeliveryId);
        return string.Create(CultureInfo.InvariantCulture,
            $"""
            delivery: {delivery.DeliveryId}
            name: {delivery.Name}
            started: {Instants.FromMicroseconds(delivery.StartedAt!.Value):yyyy-MM-dd HH:mm:ss}
            recipients: {counts.Total}
            sent: {counts.Sent}
            failed: {counts.Failed}
            suppressed: {counts.Suppressed}
            opens: {opens} of {openers} recipients
            clicks: {clicks} of {clickers} recipients

            """);
    }
}
