namespace ClosedLoop.Operations.Ports;

/// <summary>The processes that share the work of the installation.</summary>
public interface IProcesses
{
    /// <summary>All that are on record, also those that have ended. May wait for the database; whoever asks brings a limit of time.</summary>
    IReadOnlyList<SeenProcess> All();
}
