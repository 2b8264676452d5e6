using ClosedLoop.Model.Clients;
using ClosedLoop.Operations.Reading;

namespace ClosedLoop.Operations.Pages;

/// <summary>Takes a closer look at a file, as far as the page asks for it.</summary>
internal sealed class FileLooker(FileRowsReader rows, FileComparisonReader comparisons, RowBench bench)
{
    /// <param name="detail">The file.</param>
    /// <param name="client">Its client.</param>
    /// <param name="row">A row to show, from 1; with <paramref name="empty"/> the one to search from.</param>
    /// <param name="empty">A column whose first empty value is searched for.</param>
    public async Task<FileLook> LookAsync(FileDetail detail, ClientDefinition client, long? row, string? empty)
    {
        ArgumentNullException.ThrowIfNull(detail);
        var file = detail.Line.File;
        var count = rows.Count(file.FileId);
        var comparison = detail.Previous is { } before && count > 0 ? (await comparisons.CompareAsync(file, before)).Value : null;
        var search = string.IsNullOrEmpty(empty) ? null : rows.FirstEmpty(file.FileId, empty, row ?? 1);
        var wanted = search is null ? row : search.Row;
        var shown = wanted is { } number ? rows.Find(file.FileId, number) : null;
        return new FileLook(FileProfile.Of(detail, client), comparison, count, shown, shown is null ? null : bench.Render(shown), empty, search);
    }
}
