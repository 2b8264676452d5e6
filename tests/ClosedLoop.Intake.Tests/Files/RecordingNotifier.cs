using ClosedLoop.Intake.Files;
using ClosedLoop.Intake.Reports;
using ClosedLoop.Intake.Zones;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Files;

namespace ClosedLoop.Intake.Tests.Files;

/// <summary>Remembers what people were told.</summary>
internal sealed class RecordingNotifier : IStatusNotifier
{
    public List<FileStatus> Told { get; } = [];

    public Task NotifyAsync(ClientDefinition client, FileStatus status)
    {
        Told.Add(status);
        return Task.CompletedTask;
    }

    public Task NotifyAsync(ClientDefinition client, ZoneEntry entry, FileProblem problem) => Task.CompletedTask;
}
