using System.Data.Common;
using ClosedLoop.Data;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Exports;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Lists;
using ClosedLoop.Responses.Export.Csv;
using ClosedLoop.Responses.Export.Files;
using ClosedLoop.Responses.Export.Manifests;

namespace ClosedLoop.Responses.Export;

/// <summary>
/// Writes the eight files of a run into a folder. What they hold is decided by the cut-offs alone, so that writing them
/// again, at any later time, gives the same bytes.
/// </summary>
internal sealed class ExportSet(Database database, DefinitionStore definitions, IRenderedLinks links)
{
    /// <param name="run">The run.</param>
    /// <param name="client">The client as it was defined at its cut-off.</param>
    /// <param name="names">Names of the files.</param>
    /// <param name="pathOf">Where the file of a name is written; it is on the disk afterwards.</param>
    /// <param name="cancellation">Looked at between two files.</param>
    public WrittenSet Write(ExportRun run, ClientDefinition client, ExportFileNames names, Func<string, string> pathOf, CancellationToken cancellation)
    {
        using var connection = database.OpenRead();
        var job = Open(connection, run, client);
        var files = new List<ExportedFile>(ExportTable.All.Count);
        foreach (var table in ExportTable.All)
        {
            cancellation.ThrowIfCancellationRequested();
            var name = names.NameOf(table.Key, run);
            files.Add(Write(job, table, name, pathOf(name)));
        }

        var tables = new ExportManifest(run.RunId, run.Label, run.CutFrom, run.CutTo, files);
        if (!client.Export.Manifest) return new WrittenSet(tables, null, null);
        var manifest = ManifestDocument.Of(run, client, files);
        var manifestName = names.NameOf(ManifestDocument.Key, run);
        return new WrittenSet(tables, manifest, ManifestFile.Write(pathOf(manifestName), manifestName, manifest));
    }

    /// <summary>Looks up what a run has.</summary>
    public ExportJob Open(DbConnection connection, ExportRun run, ClientDefinition client)
    {
        var scope = ExportScope.Of(client.Export);
        var period = new ExportPeriod(run.ClientId, run.CutFrom, run.CutTo, scope.IncludeTest);
        var extra = new ExtraColumns(scope.ExtraFields, version => definitions.FindClient(run.ClientId, version)?.Value.List ?? ListDefinition.Default);
        return new ExportJob(connection, period, ExportFormat.Of(client.Export), scope, extra, ListedMailings.Find(connection, period, scope));
    }

    /// <summary>Writes one file; it is on the disk afterwards.</summary>
    public ExportedFile Write(ExportJob job, ExportTable table, string name, string path)
    {
        using var output = new ExportCsvWriter(path, job.Format, [.. table.Columns, .. table.NamesRecipient ? job.Extra.Headings : []]);
        WriteRows(table, job, path, output);
        var hash = output.Finish();
        return new ExportedFile(table.Key, name, output.Rows, output.Bytes, hash);
    }

    private void WriteRows(ExportTable table, ExportJob job, string path, ExportCsvWriter output)
    {
        if (table == ExportTable.Mailings) MailingsFile.Write(job, output);
        else if (table == ExportTable.MailingRecipients) WriteRecipients(job, path, output);
        else if (table == ExportTable.Links && job.Scope.SharedLinks) SharedLinksFile.Write(job, links, output);
        else if (table == ExportTable.Links) LinksFile.Write(job, links, output);
        else if (table == ExportTable.Clicks) TrackedFiles.WriteClicks(job, output);
        else if (table == ExportTable.Opens) TrackedFiles.WriteOpens(job, output);
        else if (table == ExportTable.AutomatedOpens) TrackedFiles.WriteAutomatedOpens(job, output);
        else if (table == ExportTable.Unsubscribes) TrackedFiles.WriteUnsubscribes(job, output);
        else ResponsesFile.Write(job, output);
    }

    private static void WriteRecipients(ExportJob job, string path, ExportCsvWriter output)
    {
        using var rows = new SortedRows(job.Format, path + ".sort");
        MailingRecipientsFile.Write(job, rows, output);
    }
}
