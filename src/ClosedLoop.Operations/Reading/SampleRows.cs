using System.Buffers;
using System.Text;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Lists;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Operations.Reading;

/// <summary>Rows to try a template with.</summary>
internal sealed class SampleRows(Tables tables)
{
    /// <summary>The newest mailing of a source that still has its recipients, and how many; zeros without one.</summary>
    public (long Mailing, long Rows) Newest(long sourceId)
    {
        var found = tables.Read(
            "SELECT mailing_id, accepted FROM mailing WHERE source_id = $1 AND state <> 0 AND purged = 0 ORDER BY mailing_id DESC LIMIT 1", reader => (reader.GetInt64(0), reader.GetInt64(1)), sourceId);
        return found.Count == 0 ? (0, 0) : found[0];
    }

    /// <summary>A recipient with his row; <c>null</c> when there is none at that place.</summary>
    public (string Address, byte[] Fields)? Recipient(long mailing, int sequence)
    {
        var found = tables.Read(
            "SELECT address, fields FROM recipient WHERE mailing_id = $1 AND sequence = $2", reader => (reader.GetString(0), reader.GetFieldValue<byte[]>(1)), mailing, sequence);
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>A row with a value of its kind in every column.</summary>
    public static (string Address, byte[] Fields) Invented(ClientDefinition client)
    {
        var fields = new ArrayBufferWriter<byte>();
        foreach (var field in client.List.Fields) RecipientFields.Write(fields, Encoding.UTF8.GetBytes(Sample(field)), isNull: false);
        return ("reader@example.org", fields.WrittenSpan.ToArray());
    }

    private static string Sample(FieldDefinition field) => field.Type switch
    {
        FieldType.Short or FieldType.Integer or FieldType.Long => "1",
        FieldType.Decimal or FieldType.Float => "1.5",
        FieldType.Boolean => "true",
        FieldType.Date => "2026-01-31",
        FieldType.Timestamp => "2026-01-31 12:00:00",
        _ => field.Name == ListDefinition.EmailField ? "reader@example.org" : field.DisplayName ?? field.Name,
    };
}
