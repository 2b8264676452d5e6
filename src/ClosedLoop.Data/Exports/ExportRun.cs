namespace ClosedLoop.Data.Exports;

/// <summary>One daily export: the period is (<see cref="CutFrom"/>, <see cref="CutTo"/>] in stamps of <c>recorded</c>.</summary>
public sealed record ExportRun
{
    public required long RunId { get; init; }

    public required long ClientId { get; init; }

    /// <summary>Date (and time, where the date is taken) that the file names carry; unique for a client.</summary>
    public required string Label { get; init; }

    public required long CutFrom { get; init; }

    public required long CutTo { get; init; }

    /// <summary>Whether all eight files stand under their final names.</summary>
    public bool Published { get; init; }

    /// <summary>Rows, bytes and hash of each file, as JSON; set when published.</summary>
    public string? Manifest { get; init; }
}
