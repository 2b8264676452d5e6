namespace ClosedLoop.Model.Clients;

/// <summary>Guard rails: a recipient file that crosses one waits until somebody approves it.</summary>
public sealed record ImportGuards
{
    /// <summary>More or fewer recipients than the file before, in percent; <c>null</c> does not look.</summary>
    public double? RowsPercent { get; init; } = 30;

    /// <summary>More empty values in a column than in the file before, in points of a hundred; <c>null</c> does not look.</summary>
    public double? EmptyPoints { get; init; } = 10;
}
