using ClosedLoop.Intake.Reports;
using ClosedLoop.Model.Clients;

namespace ClosedLoop.Intake.Files;

/// <summary>Tells people how a file went (closed-loop spec section 16.1), beside the status text in the log folder.</summary>
public interface IStatusNotifier
{
    /// <summary>Called when a file was started or has failed; may be called again for the same file after a crash.</summary>
    Task NotifyAsync(ClientDefinition client, FileStatus status);
}
