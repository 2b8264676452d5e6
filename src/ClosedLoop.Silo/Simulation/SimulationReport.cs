using ClosedLoop.Responses.Export;
using ClosedLoop.Silo.Demo;

namespace ClosedLoop.Silo.Simulation;

/// <summary>What was simulated beside what came out.</summary>
internal sealed record SimulationReport
{
    public string Schema { get; } = Commands.Output.Schema;

    /// <summary>Every number agrees.</summary>
    public bool Ok => Checks.All(check => check.Ok);

    public required Scenario Scenario { get; init; }

    public required string Client { get; init; }

    public required string File { get; init; }

    public required long MailingId { get; init; }

    /// <summary>What the audience did, by deed.</summary>
    public required IReadOnlyDictionary<string, long> Simulated { get; init; }

    /// <summary>What the clock said at the beginning; null where it was the world's.</summary>
    public required DateTimeOffset? Start { get; init; }

    /// <summary>Whether the same seed, scenario, definitions and start give the same files again, octet for octet.</summary>
    public required bool Repeatable { get; init; }

    /// <summary>The files of every cut-off, oldest first, with the hash of what stands in the folder.</summary>
    public required IReadOnlyList<ExportedFile> Files { get; init; }

    /// <summary>Rows of the mailing in the eight files, by table; a mailing or recipient that is listed again counts once.</summary>
    public required IReadOnlyDictionary<string, long> Exported { get; init; }

    /// <summary>How well machines' clicks were told from people's.</summary>
    public required SimulatedVerdicts Verdicts { get; init; }

    /// <summary>Where the eight files lie.</summary>
    public required string Folder { get; init; }

    public required IReadOnlyList<DemoCheck> Checks { get; init; }
}
