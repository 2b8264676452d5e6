using System.Globalization;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Files;
using ClosedLoop.Data.Mailings;

namespace ClosedLoop.Operations.Api;

/// <summary>Tags of things that actions change: who acts on what he saw sends it back in <c>If-Match</c>.</summary>
internal sealed class EntityTags(MailingStore mailings, FileRegister files, DefinitionStore definitions)
{
    public string? Of(TaggedKind kind, long id) => kind switch
    {
        TaggedKind.Mailing => mailings.Find(id) is { } row ? string.Create(CultureInfo.InvariantCulture, $"\"m{(int)row.State}-{row.Resends}-{row.FinishedRecorded ?? 0}\"") : null,
        TaggedKind.File => files.Find(id) is { } file ? string.Create(CultureInfo.InvariantCulture, $"\"f{(int)file.State}-{file.ChangedAt}\"") : null,
        _ => definitions.FindSource(id) is { } source ? string.Create(CultureInfo.InvariantCulture, $"\"s{source.Version}\"") : null,
    };
}
