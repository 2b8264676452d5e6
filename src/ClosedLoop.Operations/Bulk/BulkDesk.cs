using System.Globalization;
using ClosedLoop.Data.Bulk;
using ClosedLoop.Data.Clients;
using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Actions;

namespace ClosedLoop.Operations.Bulk;

/// <summary>Starts, stops and takes back actions on many things; the things themselves are done by <see cref="BulkRunner"/> in the background.</summary>
internal sealed class BulkDesk(BulkStore store, BulkPlanner planner, BulkRunner runner, DefinitionStore definitions, AuditTrail audit)
{
    private const int LongestReason = 200;

    /// <returns>The number of the job, when one was started.</returns>
    public async Task<(ActionResult Result, long? Job)> StartAsync(Caller caller, string? kindName, string? client, IEnumerable<string> named, string? reason)
    {
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > LongestReason) return (ActionResult.Bad("CL9564", FormattableString.Invariant($"an action on many things needs a reason of 1 to {LongestReason} characters")), null);
        var (fault, plan) = planner.Plan(caller, kindName, client, named);
        return plan is null ? (fault!, null) : await StartAsync(caller, plan.Kind, plan.Client, plan.Subjects, reason.Trim(), undoOf: null);
    }

    /// <summary>Takes back what a job has changed, and leaves alone what it found done.</summary>
    public async Task<(ActionResult Result, long? Job)> UndoAsync(Caller caller, long id)
    {
        if (Find(caller, id) is not { } job) return (Missing(id), null);
        if (BulkKind.Find(job.Kind)?.Undo is not { } undo) return (ActionResult.Bad("CL9565", $"'{job.Kind}' cannot be taken back"), null);
        if (job.State == BulkState.Running) return (ActionResult.Bad("CL9565", "the job is still running; stop it first"), null);
        if (store.UndoOf(id) is { } before) return (ActionResult.Of(done: false, FormattableString.Invariant($"job {before.Id} takes it back already")), before.Id);
        var changed = store.Items(id, BulkOutcome.Changed, BulkOutcome.Changed, 0, (int)job.Total);
        return changed.Count == 0
            ? (ActionResult.Of(done: false, "the job has changed nothing"), null)
            : await StartAsync(caller, BulkKind.Find(undo)!, job.Client, [.. changed.Select(item => item.Subject)], FormattableString.Invariant($"takes job {id} back"), id);
    }

    /// <summary>Ends a job; what was not begun stays as it is.</summary>
    public Task<ActionResult> StopAsync(Caller caller, long id) => Find(caller, id) is null
        ? Task.FromResult(Missing(id))
        : audit.RunAsync(caller, "bulk.stop", Subject(id), null, null, () => Look(id), async () =>
            await store.CloseAsync(id, BulkState.Stopped) ? ActionResult.Of(done: true, "the job is stopped; what it has done stays done") : ActionResult.Of(done: false, "the job has ended already"));

    public BulkJob? Find(Caller caller, long id) => store.Find(id) is { } job && Sees(caller, job) ? job : null;

    /// <summary>Whether a caller may see a job: of one that sees a single client, only its own.</summary>
    public bool Sees(Caller caller, BulkJob job) =>
        caller.ClientId is null || caller.ClientId == job.Scope || (job.Client is { } key && definitions.FindClient(key)?.Value.Id == caller.ClientId);

    private async Task<(ActionResult Result, long? Job)> StartAsync(Caller caller, BulkKind kind, string? client, IReadOnlyList<string> subjects, string reason, long? undoOf)
    {
        long? id = null;
        var result = await audit.RunAsync(caller, "bulk." + kind.Name, client is null ? "bulk" : "client/" + client, client is null ? caller.ClientId : definitions.FindClient(client)?.Value.Id, reason, () => id is { } made ? Look(made) : null, async () =>
        {
            id = await store.AddAsync(new BulkJob { Kind = kind.Name, Client = client, Actor = caller.Name, Origin = caller.Origin, Scope = caller.ClientId, Reason = reason, UndoOf = undoOf }, subjects);
            return ActionResult.Of(done: true, string.Create(CultureInfo.InvariantCulture, $"job {id} has begun: {kind.Label.ToLowerInvariant()}, {subjects.Count} {kind.Thing}"));
        });
        runner.Begin(id!.Value);
        return (result, id);
    }

    private object? Look(long id) => store.Find(id) is { } job ? new { job.Id, job.Kind, job.Total, job.State } : null;

    private static ActionResult Missing(long id) => ActionResult.NotFound("CL9509", FormattableString.Invariant($"job {id} does not exist"));

    private static string Subject(long id) => FormattableString.Invariant($"bulk/{id}");
}
