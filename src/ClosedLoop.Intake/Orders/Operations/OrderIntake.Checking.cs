using ClosedLoop.Data.Orders;
using ClosedLoop.Intake.Orders.Accounts;
using ClosedLoop.Model;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Orders.Operations;

/// <summary>Step 3: everything that can be known without a write to the database is known now, and told together.</summary>
public sealed partial class OrderIntake
{
    private async Task CheckAsync(OperationWork work, CancellationToken cancellation)
    {
        var reading = OrderReader.Read(() => File.OpenRead(work.Place.OrderPath), options.Limits);
        if (reading.Order is null) throw new OperationFailure(reading.Problems.Kept);
        var isChecked = work.Operation.Step >= OperationStep.Checked;
        var rules = new AccountRules(reading, work.Account, id => deliveries.FindFilter(work.Operation.ClientId, id));
        if (!isChecked)
        {
            rules.Check();
            OrderStart.Check(reading, work.Configuration, Instants.FromMicroseconds(work.Operation.BegunAt));
            await CheckListsAsync(work, reading, cancellation);
            if (channels.FaultOf(reading.Order.Channel, work.Client.Value) is { } fault) reading.Problems.Add(OrderErrorCodes.E20, 0, 0, fault);
            if (reading.Problems.ErrorCount > 0)
            {
                if (rules.IsAuthorised) await StoreReportToAsync(work, reading.Order);
                throw new OperationFailure(reading.Problems.Kept);
            }
        }

        work.Order = reading.Order;
        work.Group = rules.Group!;
        work.Database = rules.Database!;
        work.Layout = accounts.LayoutOf(work.Operation.ClientId, work.Database.Id);
        if (isChecked)
        {
            // A crash may have come between the record of the step and this.
            TokenMask.Apply(work.Place.OrderPath);
            return;
        }

        await StoreReportToAsync(work, work.Order);
        await AddProblemsAsync(work, reading.Problems.Warnings);
        if (judge.FaultOf((await BuildAsync(work, cancellation)).Frozen) is { } unsound) throw new OperationFailure(OrderErrorCodes.E19, unsound);
        if (work.Order is { Rendering: true, Test: not null } && work.Account.Rendering)
            await AddProblemsAsync(work, [.. judge.DoubtsOf(work.Content!.Frozen).Take(options.ListedRows).Select(doubt => OrderProblem.Of(OrderErrorCodes.W17, 0, 0, doubt))]);
        var masked = copies.IsKept ? TokenMask.Mask(await File.ReadAllBytesAsync(work.Place.OrderPath, cancellation)) : null;
        await ReachAsync(
            work, OperationStep.Checked, cancellation,
            (context, _) =>
            {
                if (masked is not null) OrderCopyStore.Replace(context, work.Id, Path.GetFileName(work.Place.OrderPath), masked);
            },
            (SubStatus.UserRequesting, rules.User!.Email));
        TokenMask.Apply(work.Place.OrderPath);
    }

    private static async Task CheckListsAsync(OperationWork work, OrderReading reading, CancellationToken cancellation)
    {
        var targets = new[] { reading.Order!.Normal, reading.Order.Test }.OfType<ListTarget>().DistinctBy(list => list.FileName).ToList();
        if (targets.Count == 0) return;
        var names = (await work.Folder.ListAsync(cancellation)).Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var list in targets.Where(list => !names.Contains(list.FileName)))
            reading.Problems.Add(OrderErrorCodes.E05, list.Line, list.Column, $"{list.FileName} is not beside the order");
    }

    /// <summary>Whom the summary goes to: an order that shows no right to anything does not choose.</summary>
    private Task StoreReportToAsync(OperationWork work, Order order)
    {
        IEnumerable<string> all = order.Report.Overwrite ? order.Report.Recipients : work.Configuration.ReportRecipients.Concat(order.Report.Recipients);
        var text = string.Join('\n', all.Distinct(StringComparer.OrdinalIgnoreCase));
        return operations.TransitAsync(work.Id, [], (context, _) => context.Execute("UPDATE operation SET report_to = $2 WHERE operation_id = $1", work.Id, text));
    }

    private Task AddProblemsAsync(OperationWork work, IReadOnlyList<OrderProblem> problems) =>
        problems.Count == 0 ? Task.CompletedTask : operations.AddProblemsAsync(work.Id, [.. problems.Select(Stored)]);

    private OperationProblem Stored(OrderProblem problem) => new(problem.Code.Key, problem.File, problem.Line, problem.Column, problem.Message, time.NowMicroseconds());
}
