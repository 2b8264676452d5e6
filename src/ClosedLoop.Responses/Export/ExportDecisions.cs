namespace ClosedLoop.Responses.Export;

/// <summary>What the schedule of a client's export must remember; which cut-offs were taken is in the runs.</summary>
[GenerateSerializer, Alias("ClosedLoop.ExportDecisions")]
public sealed class ExportDecisions
{
    /// <summary>Microseconds since 1970; when the export was first scheduled. Cut-offs before it are not missed ones.</summary>
    [Id(0)]
    public long Since { get; set; }
}
