using ClosedLoop.Data.Clients;
using ClosedLoop.Model;
using ClosedLoop.Operations.Ports;

namespace ClosedLoop.Operations.Reading;

/// <summary>Rows of a file as mails: from what was frozen, or before that from the source mailing as it is now.</summary>
internal sealed class RowBench(ITemplateBench bench, DefinitionStore definitions)
{
    public MailView Render(FileRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (row.Mailing.ContentHash is not null) return bench.Again(row.Mailing, row.Sequence, row.Address, row.Fields, Instants.FromMicroseconds(row.Mailing.StartedAt ?? row.Mailing.CreatedAt));
        return definitions.FindSource(row.Mailing.SourceId) is { } source && definitions.FindClient(row.Mailing.ClientId) is { } client
            ? bench.Preview(source.Value, client.Value, row.Address, row.Fields)
            : MailView.Faulty("The source mailing is not there any more.");
    }
}
