namespace ClosedLoop.Silo.Commands;

/// <summary>Ends a command with an exit code and a message that says what was found and what to do.</summary>
internal sealed class CommandException(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
