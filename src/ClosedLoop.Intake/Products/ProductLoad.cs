using ClosedLoop.Data.Products;
using ClosedLoop.Intake.Subscribers;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Products;

namespace ClosedLoop.Intake.Products;

/// <summary>The second pass over a product file: writes what has changed, then puts it in force.</summary>
internal static class ProductLoad
{
    /// <exception cref="InvalidDataException">The file is not the one that was validated; nothing of it is in force.</exception>
    public static async Task RunAsync(
        ProductStore store, Stream stream, ProductKind kind, ClientDefinition client, long fileId, ProductValidation validation, CancellationToken cancellation)
    {
        var version = await store.BeginAsync(client.Id);
        using var reader = new ProductFileReader(stream, kind, client, new ProblemList());
        var accepted = 0L;
        var chunk = new List<ProductRow>(ProductStore.Chunk);
        var writing = Task.CompletedTask;
        while (reader.Read() is { } row)
        {
            accepted++;
            if (!validation.Keys.Contains(row.Id)) break;
            chunk.Add(row);
            if (chunk.Count < ProductStore.Chunk) continue;
            cancellation.ThrowIfCancellationRequested();

            // One chunk is read while the one before is written; more would only grow the queue.
            await writing;
            writing = store.WriteAsync(client.Id, kind, version, chunk);
            chunk = new List<ProductRow>(ProductStore.Chunk);
        }

        await writing;
        await store.WriteAsync(client.Id, kind, version, chunk);
        if (accepted != validation.Accepted) throw new InvalidDataException($"The product file changed between validation and load: {accepted} records instead of {validation.Accepted}. Nothing of it is in force.");
        await store.EndMissingAsync(client.Id, kind, version, validation.Keys.Contains);
        await store.PublishAsync(client.Id, kind, version, fileId, validation.Counts);
    }
}
