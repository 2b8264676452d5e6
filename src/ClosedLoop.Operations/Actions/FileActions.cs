using System.Globalization;
using ClosedLoop.Data.Approvals;
using ClosedLoop.Data.Files;
using ClosedLoop.Grains;
using ClosedLoop.Grains.Zones;
using ClosedLoop.Operations.Access;

namespace ClosedLoop.Operations.Actions;

/// <summary>What can be done to a file that failed, or that waits for approval.</summary>
internal sealed class FileActions(ActionDesk desk, AuditTrail audit, IGrainFactory grains, FileRegister files, ApprovalStore approvals)
{
    public Task<ActionResult> RetryAsync(Caller caller, long id, string? reason) => RunAsync(caller, id, "file.retry", reason, zone => zone.RetryAsync(id));

    public Task<ActionResult> DiscardAsync(Caller caller, long id, string? reason) => RunAsync(caller, id, "file.discard", reason, zone => zone.DiscardAsync(id));

    /// <summary>Gives a file up and tells whom the client names for problems, by mail and once, with the reason.</summary>
    public Task<ActionResult> RejectAsync(Caller caller, long id, string? reason) => string.IsNullOrWhiteSpace(reason)
        ? Task.FromResult(ActionResult.Bad("CL9586", "telling those who sent a file needs a reason: it is what they are told"))
        : desk.OnFileAsync(caller, id, (_, client) => client.Notify.Recipients(problem: true).Count == 0
            ? Task.FromResult(new ActionResult(409, Done: false, $"client '{client.Key}' names nobody to be told of problems: notify.problemsTo or notify.to of its definition", "CL9585"))
            : RunAsync(caller, id, "file.reject", reason, zone => zone.RejectAsync(id, reason)));

    /// <summary>Lets a file go on that crosses a guard rail; what it takes two people for goes on with the second (decision 032).</summary>
    public Task<ActionResult> ApproveAsync(Caller caller, long id, string? reason) => string.IsNullOrWhiteSpace(reason)
        ? Task.FromResult(ActionResult.Bad("CL9592", "approving needs a reason: why the file is right as it is"))
        : RunAsync(caller, id, "file.approve", reason, zone => zone.ApproveAsync(id, caller.Name, caller.Person, reason));

    /// <summary>Puts a corrected file, already on this machine, in the place of one that failed or waits for approval.</summary>
    public Task<ActionResult> ReplaceAsync(Caller caller, long id, string path, string? reason) => caller.ClientId is not null
        ? Task.FromResult(ActionResult.Forbidden())
        : RunAsync(caller, id, "file.replace", reason, zone => zone.ReplaceAsync(id, path));

    private Task<ActionResult> RunAsync(Caller caller, long id, string action, string? reason, Func<IDropZoneGrain, Task<OperatorAnswer>> act) =>
        desk.OnFileAsync(caller, id, (file, client) => audit.RunAsync(
            caller, action, string.Create(CultureInfo.InvariantCulture, $"file/{id}"), file.ClientId, reason, () => Look(id),
            async () => ActionResult.Of(await act(grains.GetGrain<IDropZoneGrain>(client.Key)))));

    private object? Look(long id) => files.Find(id) is { } file ? new
    {
        file.State,
        file.Code,
        Message = file.IsHeld ? file.Message : null,
        file.Imported,
        file.Retried,
        ApprovedBy = approvals.Of(FileRegister.SubjectOf(id)) is { Count: > 0 } given ? string.Join(", ", given.Select(approval => approval.Person)) : null,
    }
    : null;
}
