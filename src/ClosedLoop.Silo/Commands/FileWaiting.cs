using System.CommandLine;
using System.Globalization;
using ClosedLoop.Data.Files;
using ClosedLoop.Model.Files;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Hosting;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>--wait</c> and <c>--timeout</c> of what an operator makes of a failed file.</summary>
internal sealed class FileWaiting
{
    private readonly Option<bool> _wait = new("--wait") { Description = "Waits until the file, or the one in its place, is done with and everybody has an outcome; exit code 6 when it fails, 8 when it waits for approval, 11 when it is given up or a mailing of it cancelled." };
    private readonly Option<int> _timeout = SharedOptions.TimeOut("How long to wait");

    public void AddTo(Command command)
    {
        command.Options.Add(_wait);
        command.Options.Add(_timeout);
    }

    /// <summary>Waits for the end of a file when that is wanted and the command before it went well.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="settings">The installation.</param>
    /// <param name="fileId">The file the command was about.</param>
    /// <param name="verb">What was made of it; after <c>replace</c> the file that came in its place is followed.</param>
    /// <param name="code">How the command went.</param>
    /// <param name="cancellation">Ctrl-C.</param>
    public async Task<int> ForAsync(ParseResult parsed, SiloSettings settings, long fileId, string verb, int code, CancellationToken cancellation)
    {
        if (code != ExitCode.Ok || !parsed.GetValue(_wait)) return code;
        using var store = OfflineStore.Open(settings);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(parsed.GetValue(_timeout)));
        try
        {
            var end = await FileFollower.EndAsync(store, register => verb == "replace" ? Successor(register, fileId) : register.Find(fileId), everybody: true, limit.Token);
            return end.File.State switch
            {
                FileState.Discarded when verb == "discard" => ExitCode.Ok,
                FileState.AwaitingApproval => ExitCode.Refused,
                FileState.Archived => end.SomeCancelled ? ExitCode.Partial : ExitCode.Ok,
                FileState.FailedImport or FileState.FailedStart => ExitCode.InvalidData,
                _ => ExitCode.Partial,
            };
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new CommandException(ExitCode.TimeOut, string.Create(CultureInfo.InvariantCulture, $"CL9617: file {fileId} is not at its end after {parsed.GetValue(_timeout)} seconds; it goes on without being watched."));
        }
    }

    // It has the failed one's name and a later number.
    private static InboundFile? Successor(FileRegister register, long fileId) =>
        register.Find(fileId) is { } failed ? register.Named(failed.ClientId, failed.Name).FirstOrDefault(file => file.FileId > fileId && file.Test == failed.Test) : null;
}
