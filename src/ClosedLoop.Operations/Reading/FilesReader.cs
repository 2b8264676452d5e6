using ClosedLoop.Data.Approvals;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Files;
using ClosedLoop.Operations.Access;

namespace ClosedLoop.Operations.Reading;

/// <summary>Files that came in.</summary>
internal sealed class FilesReader(Tables tables, FileRegister files, DefinitionStore definitions, ApprovalStore approvals)
{
    /// <summary>Rows whose domains are counted for a page.</summary>
    public const int MostCounted = 100_000;

    /// <summary>Newest first, those with a lower number than <paramref name="before"/>.</summary>
    public Page<FileLine> Page(FileFilter filter, long before, int limit)
    {
        var ids = Ids(filter, before, limit + 1);
        var page = Page<long>.Of(ids, limit, id => id);
        var keys = Keys();
        return new Page<FileLine>([.. page.Items.Select(id => files.Find(id)!).Select(file => new FileLine(file, keys.GetValueOrDefault(file.ClientId, "?")))], page.Next);
    }

    /// <summary>Numbers of files, newest first.</summary>
    public List<long> Ids(FileFilter filter, long before, int limit) =>
        tables.Read(
            $"""
            SELECT file_id FROM inbound_file WHERE file_id < $1
                AND ($2 < 0 OR client_id = $2) AND ($3 < 0 OR state = $3) AND ($4 = '' OR name {tables.Like} $5 ESCAPE '\')
            ORDER BY file_id DESC LIMIT $6
            """,
            reader => reader.GetInt64(0),
            before, filter.ClientId ?? -1, filter.State is { } state ? (long)state : -1, filter.Search ?? "", Tables.Anywhere(filter.Search ?? ""), limit);

    /// <summary>Files that stop their folder, oldest first.</summary>
    public IReadOnlyList<FileLine> Failed(long? clientId) =>
        [.. definitions.Clients().Where(client => clientId is null || client.Value.Id == clientId).SelectMany(client => files.Failed(client.Value.Id).Select(file => new FileLine(file, client.Value.Key)))];

    /// <summary>Whether there is such a file, and the caller may see it.</summary>
    public bool IsSeen(long fileId, Caller caller) => files.Find(fileId) is { } file && caller.Sees(file.ClientId);

    /// <summary>Files that wait for approval, oldest first.</summary>
    public IReadOnlyList<FileLine> Held(long? clientId) =>
        [.. definitions.Clients().Where(client => clientId is null || client.Value.Id == clientId).SelectMany(client => files.Held(client.Value.Id).Select(file => new FileLine(file, client.Value.Key)))];

    public FileDetail? Detail(long fileId)
    {
        if (files.Find(fileId) is not { } file) return null;
        var before = tables.Number("SELECT MAX(file_id) FROM inbound_file WHERE client_id = $1 AND file_id < $2 AND imported > 0 AND test = $3", file.ClientId, fileId, file.Test ? 1 : 0);
        var previous = before == 0 ? null : files.Find(before);
        return new FileDetail(
            new FileLine(file, Keys().GetValueOrDefault(file.ClientId, "?")),
            files.Problems(fileId),
            previous,
            Domains(fileId),
            file.IsHeld ? approvals.Of(FileRegister.SubjectOf(fileId)) : []);
    }

    /// <summary>Imported rows by domain, most first; of a large file the first rows alone.</summary>
    private List<NamedCount> Domains(long fileId) => tables.Read(
        $"""
        SELECT lower({tables.DomainOf("a.address")}), COUNT(*) FROM (
            SELECT r.address FROM recipient r JOIN mailing m ON m.mailing_id = r.mailing_id WHERE m.file_id = $1 LIMIT {MostCounted}) a
        GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 10
        """, reader => new NamedCount(reader.GetString(0), reader.GetInt64(1)), fileId);

    private Dictionary<long, string> Keys() => definitions.Clients().ToDictionary(client => client.Value.Id, client => client.Value.Key);
}
