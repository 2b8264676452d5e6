using ClosedLoop.Intake.Reports;
using ClosedLoop.Intake.Zones;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Files;

namespace ClosedLoop.Intake.Files;

/// <summary>Tells people how a file went (closed-loop spec section 16.1), beside the status text in the log folder.</summary>
public interface IStatusNotifier
{
    /// <summary>Called when a file was started or has failed; may be called again for the same file after a crash.</summary>
    Task NotifyAsync(ClientDefinition client, FileStatus status);

    /// <summary>Called when a file that is not taken in lies in a folder: a name with a typing error (E101), or an upload that has come to nothing (W151).</summary>
    Task NotifyAsync(ClientDefinition client, ZoneEntry entry, FileProblem problem);
}
