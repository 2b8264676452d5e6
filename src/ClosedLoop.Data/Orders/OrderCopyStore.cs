using System.Buffers;

namespace ClosedLoop.Data.Orders;

/// <summary>
/// Private copies of orders' files, for a silo that goes on where another has died for good. On PostgreSQL only: beside an SQLite database the data folder is on the same disk, and the copies in it are
/// lost or kept together with it.
/// </summary>
public sealed class OrderCopyStore(Database database, LedgerWriter writer)
{
    /// <summary>Bytes of a part: one transaction writes one.</summary>
    public const int PartBytes = 512 * 1024;

    /// <summary>Whether copies are kept here at all.</summary>
    public bool IsKept => database.Kind == DatabaseKind.Postgres;

    /// <summary>Keeps a file, in the place of what an earlier try has kept. Not waited for by the disk: it is nothing before a later write records the step.</summary>
    public async Task KeepAsync(long operationId, string name, Stream content, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        await writer.WriteAheadAsync(context => Remove(context, operationId, name)).ConfigureAwait(false);
        var buffer = ArrayPool<byte>.Shared.Rent(PartBytes);
        try
        {
            for (var part = 0; ; part++)
            {
                var length = await content.ReadAtLeastAsync(buffer.AsMemory(0, PartBytes), PartBytes, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
                var (at, body) = (part, buffer[..length]);
                await writer.WriteAheadAsync(context => Add(context, operationId, name, at, body)).ConfigureAwait(false);
                if (length < PartBytes) return;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Keeps other content in the place of a file's, in the caller's transaction.</summary>
    public static void Replace(WriteContext context, long operationId, string name, byte[] content)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(content);
        Remove(context, operationId, name);
        var part = 0;
        foreach (var body in content.Chunk(PartBytes)) Add(context, operationId, name, part++, body);
    }

    /// <summary>Names of the files that are kept of an operation.</summary>
    public IReadOnlyList<string> Names(long operationId)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT name FROM order_copy WHERE operation_id = $1 AND part = 0 ORDER BY name");
        using var reader = statement.Query(operationId);
        var names = new List<string>();
        while (reader.Read()) names.Add(reader.GetString(0));
        return names;
    }

    /// <summary>Writes a kept file out.</summary>
    public void Read(long operationId, string name, Stream target)
    {
        ArgumentNullException.ThrowIfNull(target);
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT body FROM order_copy WHERE operation_id = $1 AND name = $2 AND part = $3");
        for (var part = 0; ; part++)
        {
            using var reader = statement.Query(operationId, name, part);
            if (!reader.Read()) return;
            target.Write(reader.GetFieldValue<byte[]>(0));
        }
    }

    private static void Add(WriteContext context, long operationId, string name, int part, byte[] body) =>
        context.Execute("INSERT INTO order_copy (operation_id, name, part, body) VALUES ($1, $2, $3, $4)", operationId, name, part, body);

    private static void Remove(WriteContext context, long operationId, string name) =>
        context.Execute("DELETE FROM order_copy WHERE operation_id = $1 AND name = $2", operationId, name);
}
