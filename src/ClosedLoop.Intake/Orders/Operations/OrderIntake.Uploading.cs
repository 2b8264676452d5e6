using ClosedLoop.Data.Ledger;
using ClosedLoop.Intake.Orders.Lists;
using ClosedLoop.Model;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Orders.Operations;

/// <summary>Step 5: the recipients that the order brings go into the database, in chunks.</summary>
public sealed partial class OrderIntake
{
    /// <summary>Rows of one chunk (xml-delivery spec section 4).</summary>
    private const int Chunk = 1000;

    private async Task UploadAsync(OperationWork work, CancellationToken cancellation)
    {
        if (work.Operation.Step >= OperationStep.Uploaded) return;
        await LockAsync(work, cancellation);
        if (!work.Brings(test: false) && !work.Brings(test: true))
        {
            await ReachAsync(work, OperationStep.Uploaded, cancellation);
            return;
        }

        // A first try may have been cut off; its rows are taken back and the counts begin anew.
        await RollBackAsync(work);
        await operations.TransitAsync(work.Id, [(SubStatus.UploadStarted, "")], (context, now) => context.Execute(
            "UPDATE operation SET upload_begun_at = $2, upload_ended_at = NULL, chunk_at = NULL, rows_read = 0, rows_added = 0, rows_skipped = 0 WHERE operation_id = $1", work.Id, now));
        work.Operation = Found(work.Id);
        await TryReportAsync(work, cancellation);
        var normal = await UploadAsync(work, test: false, 0, cancellation);
        var test = await UploadAsync(work, test: true, normal, cancellation);
        KillSwitchReached();
        await ReachAsync(
            work, OperationStep.Uploaded, cancellation,
            (context, now) => context.Execute("UPDATE operation SET upload_ended_at = $2 WHERE operation_id = $1", work.Id, now),
            (SubStatus.UploadFinished, FormattableString.Invariant($"{normal + test} rows")));
    }

    private static void KillSwitchReached() => Model.Testing.KillSwitch.Reach(Model.Testing.KillPoint.OrderStep);

    private async Task<long> UploadAsync(OperationWork work, bool test, long addedBefore, CancellationToken cancellation)
    {
        if (!work.Brings(test)) return 0;
        var target = (test ? work.Order.Test : work.Order.Normal)!;
        var file = (target as ListTarget)?.FileName;
        var problems = new OrderProblems(options.ListedRows);
        using var rows = OpenRows(work, target, test, problems);
        if (rows is null || RowCheck.For(rows, work.Order.Channel, work.Database, problems, file, (target.Line, target.Column)) is not { } check) throw new OperationFailure(problems.Kept);
        var before = work.Operation.RowsRead;
        var writing = Task.CompletedTask;
        using var one = new RecipientBlock();
        using var other = new RecipientBlock();
        var row = new ContactRow(work.Layout, work.Database, rows, check, Data.Contacts.ContactCode.Text(work.Code(test)));
        var (block, next, added) = (one, other, 0L);
        try
        {
            var more = true;
            while (more)
            {
                block.Clear();
                while (block.Count < Chunk && (more = check.Read()))
                {
                    if (test && added + block.Count >= options.Limits.MaxTestRecipients)
                    {
                        if (file is not null) problems.Add(OrderErrorCodes.W02, rows.Line, 0, FormattableString.Invariant($"more than {options.Limits.MaxTestRecipients} test recipients; this row and the following are ignored"), file);
                        more = false;
                        break;
                    }

                    row.Write(block);
                }

                cancellation.ThrowIfCancellationRequested();
                await writing;
                added += block.Count;
                if (block.Count == 0) continue;
                writing = AddChunkAsync(work, block, row.Supplied, work.Code(test), before + rows.Count, addedBefore + added);
                (block, next) = (next, block);
                await ReportProgressAsync(work, cancellation);
            }

            await writing;
        }
        finally
        {
            // The blocks must outlive their writer, whatever ends the reading.
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (problems.ErrorCount > 0) throw new OperationFailure(problems.Kept);
        CheckEndpoints(work, check);
        if (added == 0) throw new OperationFailure([.. problems.Kept, OrderProblem.Of(OrderErrorCodes.E10, target.Line, target.Column, FormattableString.Invariant($"none of {rows.Count} rows can be used"))]);
        await AddProblemsAsync(work, problems.Warnings);
        await operations.TransitAsync(work.Id, [], (context, _) => context.Execute(
            "UPDATE operation SET rows_read = $2, rows_skipped = rows_skipped + $3 WHERE operation_id = $1", work.Id, before + rows.Count, rows.Count - added));
        work.Operation = Found(work.Id);
        return added;
    }

    private IOrderRows? OpenRows(OperationWork work, OrderTarget target, bool test, OrderProblems problems)
    {
        if (target is InlineTarget inline) return new InlineRows(() => File.OpenRead(work.Place.OrderPath), test, inline.Fields, options.Limits);
        var list = (ListTarget)target;
        return ListRows.Open(
            () => File.OpenRead(work.Place.ListPath(list.FileName)), list.FileName, work.Configuration.CsvEncoding ?? work.Database.Charset, work.Configuration.CsvSeparator, options.Limits, problems);
    }

    private Task AddChunkAsync(OperationWork work, RecipientBlock block, IReadOnlySet<int> supplied, long code, long read, long added)
    {
        var (now, count) = (time.NowMicroseconds(), block.Count);
        return contacts.InsertAsync(
            work.Layout, block, code, work.Database.UniqueAddress ? supplied : null, context => Data.Orders.OperationStore.Chunk(context, work.Id, count, read, added, now));
    }

    private async Task ReportProgressAsync(OperationWork work, CancellationToken cancellation)
    {
        if (time.NowMicroseconds() - work.ReportedAt < (long)options.ReportEvery.TotalMicroseconds) return;
        work.Operation = Found(work.Id);
        await TryReportAsync(work, cancellation);
    }

    private static void CheckEndpoints(OperationWork work, RowCheck check)
    {
        if (work.Order.Message is not PushMessage push) return;
        if (check.Endpoints.Contains("APN") && push.Apn is null) throw new OperationFailure(OrderErrorCodes.E17, "a recipient uses APN, but there is no <apn>");
        if (check.Endpoints.Contains("GCM") && push.Gcm is null) throw new OperationFailure(OrderErrorCodes.E17, "a recipient uses GCM, but there is no <gcm>");
    }

    private async Task RollBackAsync(OperationWork work)
    {
        await contacts.RollBackAsync(work.Operation.ClientId, work.Database.Id, work.Code(test: false));
        await contacts.RollBackAsync(work.Operation.ClientId, work.Database.Id, work.Code(test: true));
    }

    /// <summary>Waits for a locked database where the order says so (xml-delivery spec section 6.1).</summary>
    private async Task LockAsync(OperationWork work, CancellationToken cancellation)
    {
        while (!await contacts.TryLockAsync(work.Operation.ClientId, work.Database.Id, work.LockHolder))
        {
            var holder = contacts.Locks(work.Operation.ClientId).FirstOrDefault(each => each.DatabaseId == work.Database.Id)?.Holder ?? "somebody";
            if (!work.Order.Retry) throw new OperationFailure(OrderErrorCodes.E12, FormattableString.Invariant($"database {work.Database.Id} is locked by {holder}"));
            if (work.Operation.WaitsSince is not { } since)
            {
                await operations.TransitAsync(work.Id, [], (context, now) => context.Execute("UPDATE operation SET waits_since = $2, modified_at = $2 WHERE operation_id = $1", work.Id, now));
                work.Operation = Found(work.Id);
                LogWaits(work.Id, work.Database.Id, holder);
                since = work.Operation.WaitsSince!.Value;
            }

            if (time.GetUtcNow() - Instants.FromMicroseconds(since) >= TimeSpan.FromHours(work.Configuration.RetryMaxHours))
                throw new OperationFailure(OrderErrorCodes.E12, FormattableString.Invariant($"FAILED: database {work.Database.Id} was locked for {work.Configuration.RetryMaxHours} hours, last by {holder}"));
            await Task.Delay(TimeSpan.FromSeconds(work.Configuration.RetryDelaySeconds), time, cancellation);
        }
    }
}
