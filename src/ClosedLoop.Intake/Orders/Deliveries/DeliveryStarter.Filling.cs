using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Orders;
using ClosedLoop.Intake.Orders.Filters;
using ClosedLoop.Intake.Subscribers;
using ClosedLoop.Model.Accounts;

namespace ClosedLoop.Intake.Orders.Deliveries;

public sealed partial class DeliveryStarter
{
    private async Task FillAsync(DeliveryRow delivery, CancellationToken cancellation)
    {
        await ledger.ClearImportAsync(delivery.DeliveryId);
        var account = (accounts.Find(delivery.ClientId) ?? accounts.Find(delivery.ClientId, delivery.AccountVersion))!.Value;
        var before = accounts.Find(delivery.ClientId, delivery.AccountVersion)!.Value;
        var database = account.Databases.FirstOrDefault(each => each.Id == delivery.DatabaseId) ?? before.Databases.First(each => each.Id == delivery.DatabaseId);
        var layout = accounts.LayoutOf(delivery.ClientId, database.Id);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(account.XmlDelivery.TimeZone)).DateTime);
        var selection = new ContactSelection(
            layout, database, new ContactAddress(delivery.Channel, definitions.FindClient(delivery.ClientId)?.Value.Channels?.Sms?.CountryCode, layout, database), ExpressionOf(delivery, account, before, database), today, delivery.RemoveDuplicates ? new AddressSet() : null);
        long[] mailing = [delivery.DeliveryId];
        using var one = new RecipientBlock();
        using var other = new RecipientBlock();
        var (block, next, writing) = (one, other, Task.CompletedTask);
        using var rows = contacts.Read(delivery.ClientId, database.Id, delivery.Code);
        try
        {
            while (true)
            {
                block.Clear();
                while (block.Count < RecipientLedger.ImportBlock && rows.Read()) selection.Add(rows.Fields, block);
                cancellation.ThrowIfCancellationRequested();

                // One block is gathered while the one before is written.
                await writing;
                if (block.Count == 0) break;
                writing = ledger.ImportAsync(block, mailing);
                (block, next) = (next, block);
            }
        }
        finally
        {
            // The blocks must outlive their writer, whatever ends the reading.
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (selection.Left > 0) LogLeft(delivery.DeliveryId, selection.Left);
    }

    /// <summary>The filter as it is now; one that was deleted meanwhile, as it was when the order came.</summary>
    private static FilterExpression? ExpressionOf(DeliveryRow delivery, AccountDefinition account, AccountDefinition before, UserDatabase database)
    {
        // The rows of an automatic filter are read by their code already.
        if (delivery.Code is not null) return null;
        if (delivery.FilterId == 0) return database.BaseFilter is { } all ? FilterExpression.Parse(all, database) : null;
        var filter = account.Filters.FirstOrDefault(each => each.Id == delivery.FilterId) ?? before.Filters.First(each => each.Id == delivery.FilterId);
        return FilterExpression.Parse(filter.Expression, database);
    }

    [Microsoft.Extensions.Logging.LoggerMessage(1313, Microsoft.Extensions.Logging.LogLevel.Warning, "delivery {DeliveryId}: {Rows} selected rows have no address that can be used")]
    private partial void LogLeft(long deliveryId, long rows);
}
