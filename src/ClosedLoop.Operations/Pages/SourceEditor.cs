using System.Globalization;
using ClosedLoop.Data.Auditing;
using ClosedLoop.Data.Clients;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Operations.Ports;
using ClosedLoop.Operations.Reading;
using Microsoft.AspNetCore.Http;

namespace ClosedLoop.Operations.Pages;

/// <summary>Shows a source mailing with what lint says of it and how it looks for one recipient.</summary>
internal sealed class SourceEditor(DefinitionStore definitions, ITemplateBench bench, PreviewShelf shelf, AuditStore audit, SampleRows rows)
{
    /// <summary>Versions shown; earlier ones are there all the same.</summary>
    private const int Versions = 50;

    public Task<IResult> ShowAsync(HttpContext context, Screens show, Versioned<SourceMailing> source, SourceMailing edited, int? row, DryRun? dryRun = null)
    {
        var client = definitions.FindClient(source.Value.ClientId)!.Value;
        var (mailing, count) = rows.Newest(source.Value.Id);
        var (address, fields) = row is { } sequence && mailing > 0 ? rows.Recipient(mailing, sequence) ?? SampleRows.Invented(client) : SampleRows.Invented(client);
        var view = bench.Preview(edited, client, address, fields);
        return show.ShowAsync<SourcePage>(context, source.Value.Name, "clients", new SourceModel(
            source, edited, client.Key, bench.Check(edited, client), view, mailing > 0 ? row : null, count, address, view.Html is null ? "" : shelf.Put(view.Html), edited != source.Value,
            audit.Of(string.Create(CultureInfo.InvariantCulture, $"source/{source.Value.Id}"), 20), definitions.SourceVersions(source.Value.Id, Versions), dryRun),
            "closedloop lint " + source.Value.Id.ToString(CultureInfo.InvariantCulture), "/api/v1/sources/" + source.Value.Id.ToString(CultureInfo.InvariantCulture));
    }
}
