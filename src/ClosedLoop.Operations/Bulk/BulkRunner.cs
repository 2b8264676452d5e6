using System.Globalization;
using System.Threading.Channels;
using ClosedLoop.Data.Access;
using ClosedLoop.Data.Bulk;
using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Actions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Operations.Bulk;

/// <summary>Carries jobs out, thing by thing, by the same code as the buttons; after a start it goes on with what was left. Idle, it waits and asks nothing.</summary>
internal sealed partial class BulkRunner(BulkStore store, FileActions files, MailingActions mailings, RecipientActions people, ILogger<BulkRunner> logger) : BackgroundService
{
    private const int Part = 100;

    private readonly Channel<long> _begun = Channel.CreateUnbounded<long>();

    public void Begin(long id) => _begun.Writer.TryWrite(id);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        foreach (var job in store.Running()) Begin(job.Id);
        await foreach (var id in _begun.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await RunAsync(id, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // the next job must not wait for a database that was away; this one is gone on with at the next start
            catch (Exception e)
#pragma warning restore CA1031
            {
                LogFailed(id, e);
            }
        }
    }

    private async Task RunAsync(long id, CancellationToken stopping)
    {
        if (store.Find(id) is not { State: BulkState.Running } job) return;
        var caller = new Caller(job.Actor, OperatorRole.Operator, job.Origin, job.Scope, FormattableString.Invariant($"bulk/{id}"));
        var reason = string.Create(CultureInfo.InvariantCulture, $"{job.Reason} (job {id})");
        for (var after = 0L; ;)
        {
            var items = store.Items(id, BulkOutcome.Waiting, BulkOutcome.Waiting, after, Part);
            if (items.Count == 0) break;
            foreach (var item in items)
            {
                // Between two things and never amidst one.
                stopping.ThrowIfCancellationRequested();
                after = item.Position;
                if (await store.TakeAsync(id, item.Position)) await ActAsync(job, item, caller, reason);
            }
        }

        await store.CloseAsync(id, BulkState.Finished);
    }

    private async Task ActAsync(BulkJob job, BulkItem item, Caller caller, string reason)
    {
        ActionResult result;
        try
        {
            result = await ActAsync(caller, job, item.Subject, reason);
        }
#pragma warning disable CA1031 // one thing that fails does not keep the others
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogBrokenOff(job.Id, item.Position, e);
            result = ActionResult.Bad("CL9512", "broke off; the log has the cause");
        }

        var outcome = !result.IsAnswer ? BulkOutcome.Refused : result.Done ? BulkOutcome.Changed : BulkOutcome.Unchanged;
        await store.EndAsync(job.Id, item.Position, outcome, result.Code is null ? result.Text : $"{result.Code}: {result.Text}");
    }

    private Task<ActionResult> ActAsync(Caller caller, BulkJob job, string subject, string reason)
    {
        if (job.Kind == BulkKind.Block) return people.BlockAsync(caller, job.Client!, subject, reason);
        if (job.Kind == BulkKind.Unblock) return people.UnblockAsync(caller, job.Client!, subject, reason);
        var id = long.Parse(subject, CultureInfo.InvariantCulture);
        return job.Kind switch
        {
            "files.retry" => files.RetryAsync(caller, id, reason),
            "files.approve" => files.ApproveAsync(caller, id, reason),
            "files.discard" => files.DiscardAsync(caller, id, reason),
            "mailings.pause" => mailings.PauseAsync(caller, id, reason),
            "mailings.resume" => mailings.ResumeAsync(caller, id, reason),
            "mailings.cancel" => mailings.CancelAsync(caller, id, reason),
            "mailings.resend" => mailings.ResendAsync(caller, id, soft: true, unknown: false, dryRun: false, reason),
            _ => Task.FromResult(ActionResult.Bad("CL9564", $"'{job.Kind}' is no bulk action of this version")),
        };
    }

    [LoggerMessage(9505, LogLevel.Error, "job {Job} could not be carried on with; the next start does")]
    private partial void LogFailed(long job, Exception error);

    [LoggerMessage(9506, LogLevel.Warning, "job {Job} broke off at position {Position}")]
    private partial void LogBrokenOff(long job, long position, Exception error);
}
