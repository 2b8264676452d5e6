using System.Data.Common;
using System.Runtime.InteropServices;
using ClosedLoop.Data.Mailings;

namespace ClosedLoop.Responses.Export.Files;

/// <summary>What the links of a mailing need to know of it.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LinkMailing(long MailingId, long ClientId, long RecipientBase, long LinkBase, string? ContentHash)
{
    public const string Columns = "m.mailing_id, m.client_id, m.recipient_base, m.link_base, m.content_hash";

    public static LinkMailing Read(DbDataReader reader) => new(
        reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.IsDBNull(4) ? null : reader.GetString(4));

    public long LinkId(int sequence, int ordinal) => LinkBase + ((long)sequence * MailingRow.LinksPerRecipient) + ordinal;
}
