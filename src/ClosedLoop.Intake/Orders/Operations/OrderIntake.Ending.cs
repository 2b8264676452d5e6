using ClosedLoop.Data.Contacts;
using ClosedLoop.Data.Notices;
using ClosedLoop.Intake.Orders.Feedback;
using ClosedLoop.Intake.Zones;
using ClosedLoop.Model;
using ClosedLoop.Model.Accounts;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Orders.Operations;

/// <summary>How an operation ends, and what people are told of it.</summary>
public sealed partial class OrderIntake
{
    private Task EndAsync(OperationWork work) => operations.EndAsync(
        work.Id, work.Operation.Recovered ? OperationStatus.Recovered : OperationStatus.Success, last: null,
        (context, _) =>
        {
            ContactStore.Settle(context, work.Operation.ClientId, work.Database.Id, work.Code(test: false));
            ContactStore.Settle(context, work.Operation.ClientId, work.Database.Id, work.Code(test: true));
            ContactStore.Unlock(context, work.Operation.ClientId, work.Database.Id, work.LockHolder);
        });

    /// <summary>Nothing of it stays: rows go back to what they were, deliveries that were not handed over go.</summary>
    private async Task FailAsync(OperationWork work, OperationFailure failure)
    {
        LogFailed(work.Id, work.Operation.Name, failure.First.Code.Key, failure.InnerException);
        await starter.GiveUpAsync(work.Id);
        if (work.Database is { } database && work.Operation.Step < OperationStep.HandedOver)
        {
            // A test that went out keeps its rows: its filter still selects them.
            await contacts.RollBackAsync(work.Operation.ClientId, database.Id, work.Code(test: false));
            if (deliveries.OfOperation(work.Id).All(delivery => !delivery.Test || delivery.State != DeliveryState.Started))
                await contacts.RollBackAsync(work.Operation.ClientId, database.Id, work.Code(test: true));
        }

        await AddProblemsAsync(work, failure.Problems);
        await operations.EndAsync(work.Id, OperationStatus.Error, (failure.First.Code.SubStatus, $"{failure.First.Code} {failure.First.Message}"), (context, _) =>
        {
            if (work.Database is { } locked) ContactStore.Unlock(context, work.Operation.ClientId, locked.Id, work.LockHolder);
        });
    }

    /// <summary>Tells people, then lets the name go. Done again as a whole when it breaks off.</summary>
    private async Task FeedBackAsync(OperationWork work, CancellationToken cancellation)
    {
        work.Operation = Found(work.Id);
        if (work.Operation.Closed) return;
        var view = ViewOf(work);
        if (work.Configuration.MailReport)
        {
            var to = work.Operation.ReportTo ?? work.Configuration.ReportRecipients;
            if (to.Count > 0) await notices.AddAsync(new NewNotice(FormattableString.Invariant($"operation/{work.Id}"), work.Operation.ClientId, to, OperationSummary.Subject(view), OperationSummary.Body(view)));
        }

        if (work.Configuration.XmlReport)
        {
            await work.Folder.PutAsync(OrderFileName.ReportOf(work.Operation.Name), OrderReportFile.Write(view), cancellation);
            await work.Folder.PutAsync(OrderFileName.MarkerOf(work.Operation.Name), [], cancellation);
        }

        await TidyAsync(work, cancellation);
        work.Place.Remove();
        _placed.TryRemove(work.Id, out _);
        await operations.CloseAsync(work.Id);
        work.Operation = Found(work.Id);
        LogEnded(work.Id, work.Operation.Name, work.Operation.Status);
    }

    private async Task TidyAsync(OperationWork work, CancellationToken cancellation)
    {
        if (work.Configuration.AfterProcessing == AfterProcessing.Keep) return;
        var files = new List<string>();
        if (work.Operation.XmlFile is { } xml) files.Add(xml);
        files.AddRange(work.Order is { } order ? OrderSemaphore.ListsOf(order) : ListsCopied(work));
        var folder = work.Operation.Status == OperationStatus.Error ? "failed" : "processed";
        var stamp = Instants.FromMicroseconds(work.Operation.BegunAt).UtcDateTime.ToString("yyyyMMddHHmmss", System.Globalization.CultureInfo.InvariantCulture);
        foreach (var file in files)
        {
            if (work.Configuration.AfterProcessing == AfterProcessing.Delete) await work.Folder.DeleteAsync(file, cancellation);
            else await work.Folder.MoveAsync(file, folder, $"{stamp}-{file}", cancellation);
        }
    }

    private IEnumerable<string> ListsCopied(OperationWork work) =>
        operations.Transitions(work.Id).Where(transition => transition.SubStatus == SubStatus.ListsCopied).SelectMany(transition => transition.Message.Split(", "));

    /// <summary>Rewrites the report; a failure is made up for by the next step.</summary>
    private async Task TryReportAsync(OperationWork work, CancellationToken cancellation)
    {
        if (!work.Configuration.XmlReport || work.Operation.Step < OperationStep.Accepted) return;
        work.ReportedAt = time.NowMicroseconds();
        try
        {
            await work.Folder.PutAsync(OrderFileName.ReportOf(work.Operation.Name), OrderReportFile.Write(ViewOf(work)), cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ZoneUnavailableException or Sftp.SftpException)
        {
            LogReportFailed(work.Id, e);
        }
    }

    private OperationView ViewOf(OperationWork work) =>
        new(work.Operation, operations.Transitions(work.Id), operations.Problems(work.Id), deliveries.OfOperation(work.Id), work.Zone);
}
