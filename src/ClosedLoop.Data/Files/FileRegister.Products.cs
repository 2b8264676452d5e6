using ClosedLoop.Model;
using ClosedLoop.Model.Files;

namespace ClosedLoop.Data.Files;

/// <summary>Product files: they go from validated to imported to archived, because nothing is copied or started.</summary>
public sealed partial class FileRegister
{
    /// <summary>Part of the transaction that puts product data in force.</summary>
    public static void ProductsLoaded(WriteContext context, long fileId, long rows)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Execute("UPDATE inbound_file SET imported = $2 WHERE file_id = $1", fileId, rows);
        Move(context, fileId, FileState.Imported, FileState.Validated);
    }

    /// <summary>An earlier file of the same name that was taken over since <paramref name="since"/> (E103). The content may repeat: that puts an earlier catalogue back in force.</summary>
    public InboundFile? NameProcessedBefore(InboundFile file, DateTimeOffset since)
    {
        ArgumentNullException.ThrowIfNull(file);
        return Query(
            "client_id = $1 AND file_id <> $2 AND name = $3 AND claimed_at >= $4 AND (imported > 0 OR state BETWEEN 0 AND 5) ORDER BY file_id DESC LIMIT 1",
            file.ClientId, file.FileId, file.Name, Instants.ToMicroseconds(since)).FirstOrDefault();
    }
}
