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

    /// <summary>Rows of the mailing in the eight files, by table.</summary>
    public required IReadOnlyDictionary<string, long> Exported { get; init; }

    /// <summary>How well machines' clicks were told from people's.</summary>
    public required SimulatedVerdicts Verdicts { get; init; }

    /// <summary>Where the eight files lie.</summary>
    public required string Folder { get; init; }

    public required IReadOnlyList<DemoCheck> Checks { get; init; }
}
