using ClosedLoop.Data.Clients;
using ClosedLoop.Model.Files;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Reading;

namespace ClosedLoop.Operations.Bulk;

/// <summary>Everything that fits the filter of a list, on whatever page of it.</summary>
internal sealed class BulkQuery(FilesReader files, MailingsReader mailings, DefinitionStore definitions, OperationsOptions options)
{
    /// <returns>Numbers, newest first; one more than a job takes when there are too many.</returns>
    public IReadOnlyList<long> Of(Caller caller, string? list, string? client, string? state, string? search)
    {
        var clientId = caller.ClientId ?? (string.IsNullOrEmpty(client) ? null : definitions.FindClient(client)?.Value.Id ?? 0);
        return list switch
        {
            "files" => files.Ids(new FileFilter(clientId, Enum.TryParse<FileState>(state, ignoreCase: true, out var wanted) ? wanted : null, search), long.MaxValue, options.BulkMost + 1),
            "mailings" => mailings.Ids(new MailingFilter(clientId, Enum.TryParse<MailingState>(state, ignoreCase: true, out var wanted) ? wanted : null, search), long.MaxValue, options.BulkMost + 1),
            _ => [],
        };
    }
}
