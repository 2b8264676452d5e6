using System.Globalization;
using ClosedLoop.Data.Alarms;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Files;

namespace ClosedLoop.Silo.Watching;

/// <summary>Files that wait for somebody's approval. At once, since nothing but a person ends it.</summary>
internal sealed class ApprovalWait(FileRegister register, DefinitionStore definitions) : IWatch
{
    public string Scope => "approvals";

    public Task<WatchLook> LookAsync(long now)
    {
        var clients = definitions.Clients();
        return Task.FromResult(new WatchLook(clients.Count, [.. clients.SelectMany(client => register.Held(client.Value.Id)).Select(AlarmOf)]));
    }

    private static Alarm AlarmOf(InboundFile file) => new(FileRegister.SubjectOf(file.FileId), "approval", file.ClientId, string.Create(CultureInfo.InvariantCulture,
        $"CL3280: file {file.FileId} ({file.Name}) waits for approval: {file.Message}; nobody of it is mailed; closedloop files approve {file.FileId} --reason R, replace or discard"));
}
