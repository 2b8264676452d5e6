using System.Data.Common;
using ClosedLoop.Data;
using ClosedLoop.Data.Exports;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Responses.Export.Files;

namespace ClosedLoop.Responses.Export;

/// <summary>
/// Writes the eight files of a run into a folder. What they hold is decided by the cut-offs alone, so that writing them
/// again, at any later time, gives the same bytes.
/// </summary>
internal sealed class ExportSet(Database database, IRenderedLinks links)
{
    /// <param name="run">The run.</param>
    /// <param name="format">Zone, header and quoting.</param>
    /// <param name="names">Names of the files.</param>
    /// <param name="pathOf">Where the file of a name is written; it is on the disk afterwards.</param>
    /// <param name="cancellation">Looked at between two files.</param>
    public ExportManifest Write(ExportRun run, ExportFormat format, ExportFileNames names, Func<string, string> pathOf, CancellationToken cancellation)
    {
        var period = new ExportPeriod(run.ClientId, run.CutFrom, run.CutTo, format.IncludeTest);
        var files = new List<ExportedFile>(ExportTable.All.Count);
        using var connection = database.OpenRead();
        foreach (var table in ExportTable.All)
        {
            cancellation.ThrowIfCancellationRequested();
            var name = names.NameOf(table, run);
            using var output = new ExportCsvWriter(pathOf(name), format, table.Columns);
            WriteRows(table, connection, period, output);
            var hash = output.Finish();
            files.Add(new ExportedFile(table.Key, name, output.Rows, output.Bytes, hash));
        }

        return new ExportManifest(run.RunId, run.Label, run.CutFrom, run.CutTo, files);
    }

    private void WriteRows(ExportTable table, DbConnection connection, ExportPeriod period, ExportCsvWriter output)
    {
        if (table == ExportTable.Mailings) MailingsFile.Write(connection, period, output);
        else if (table == ExportTable.MailingRecipients) MailingRecipientsFile.Write(connection, period, output);
        else if (table == ExportTable.Links) LinksFile.Write(connection, period, links, output);
        else if (table == ExportTable.Clicks) TrackedFiles.WriteClicks(connection, period, output);
        else if (table == ExportTable.Opens) TrackedFiles.WriteOpens(connection, period, output);
        else if (table == ExportTable.AutomatedOpens) TrackedFiles.WriteAutomatedOpens(connection, period, output);
        else if (table == ExportTable.Unsubscribes) TrackedFiles.WriteUnsubscribes(connection, period, output);
        else ResponsesFile.Write(connection, period, output);
    }
}
