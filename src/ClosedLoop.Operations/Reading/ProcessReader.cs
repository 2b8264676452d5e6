using ClosedLoop.Operations.Ports;

namespace ClosedLoop.Operations.Reading;

/// <summary>
/// Reads which processes there are. The record of them may be out of reach while everything else works: the reader waits a moment for it and then says so.
/// </summary>
internal sealed class ProcessReader(IProcesses processes, Figures figures, TimeProvider time)
{
    /// <summary>How long a page waits for the record.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Six signs of life missed. Whoever is taken for dead by the others stands so in the record long before; this is for one that is alone, with nobody to notice.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    /// <summary>How long one that has ended is told.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    public async Task<ProcessList> ReadAsync()
    {
        try
        {
            var figure = await figures.GetAsync("processes", processes.All, Patience);
            if (figure.Value is not { } seen) return new ProcessList([], At: null, "The record of the processes has not answered yet.");

            // Judged as of when they were asked after: should the record be out of reach since, nobody falls silent by that.
            return new ProcessList(Judge(seen, figure.At), figure.At, time.GetUtcNow() - figure.At > Quiet ? "The record of the processes does not answer; this is what it said last." : null);
        }
        catch (InvalidOperationException e)
        {
            return new ProcessList([], At: null, $"The record of the processes cannot be read: {e.InnerException?.Message ?? e.Message}");
        }
    }

    /// <summary>Leaves out who ended long ago or has come back, and tells who gives no sign of life.</summary>
    /// <param name="seen">Whoever is on record.</param>
    /// <param name="now">When the record was read.</param>
    public static IReadOnlyList<SeenProcess> Judge(IReadOnlyList<SeenProcess> seen, DateTimeOffset now) =>
    [
        .. seen.Where(process => !seen.Any(other => IsNextLife(process, other)))
            .Select(process => process.State is not (ProcessState.Stopped or ProcessState.Silent) && now - process.SeenAt > Quiet ? process with { State = ProcessState.Silent } : process)
            .Where(process => process.IsThis || process.State is not (ProcessState.Stopped or ProcessState.Silent) || now - process.SeenAt < Kept)
            .OrderBy(process => process.State)
            .ThenBy(process => process.Name, StringComparer.Ordinal)
            .ThenBy(process => process.Address, StringComparer.Ordinal),
    ];

    /// <summary>A process that starts again keeps its address, or its name and machine where addresses come and go; two at once on one machine may share the name.</summary>
    private static bool IsNextLife(SeenProcess process, SeenProcess other) =>
        other.Since > process.Since && (other.Address == process.Address
            || (process.State is ProcessState.Stopped or ProcessState.Silent && other.Name == process.Name && other.Host == process.Host && Machine(other) != Machine(process)));

    private static string? Machine(SeenProcess process) => process.Address?[..process.Address.LastIndexOf(':')];
}
