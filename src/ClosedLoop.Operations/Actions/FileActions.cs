using System.Globalization;
using ClosedLoop.Data.Files;
using ClosedLoop.Grains;
using ClosedLoop.Grains.Zones;
using ClosedLoop.Operations.Access;

namespace ClosedLoop.Operations.Actions;

/// <summary>What can be done to a file that failed.</summary>
internal sealed class FileActions(ActionDesk desk, AuditTrail audit, IGrainFactory grains, FileRegister files)
{
    public Task<ActionResult> RetryAsync(Caller caller, long id, string? reason) => RunAsync(caller, id, "file.retry", reason, zone => zone.RetryAsync(id));

    public Task<ActionResult> DiscardAsync(Caller caller, long id, string? reason) => RunAsync(caller, id, "file.discard", reason, zone => zone.DiscardAsync(id));

    /// <summary>Puts a corrected file, already on this machine, in the place of a failed one.</summary>
    public Task<ActionResult> ReplaceAsync(Caller caller, long id, string path, string? reason) => caller.ClientId is not null
        ? Task.FromResult(ActionResult.Forbidden())
        : RunAsync(caller, id, "file.replace", reason, zone => zone.ReplaceAsync(id, path));

    private Task<ActionResult> RunAsync(Caller caller, long id, string action, string? reason, Func<IDropZoneGrain, Task<OperatorAnswer>> act) =>
        desk.OnFileAsync(caller, id, (file, client) => audit.RunAsync(
            caller, action, string.Create(CultureInfo.InvariantCulture, $"file/{id}"), file.ClientId, reason, () => Look(id),
            async () => ActionResult.Of(await act(grains.GetGrain<IDropZoneGrain>(client.Key)))));

    private object? Look(long id) => files.Find(id) is { } file ? new { file.State, file.Code, file.Imported, file.Retried } : null;
}
