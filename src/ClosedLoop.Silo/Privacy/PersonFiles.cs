using System.Globalization;
using System.Text;
using ClosedLoop.Data.Files;
using ClosedLoop.Intake.Zones;
using ClosedLoop.Model.Clients;

namespace ClosedLoop.Silo.Privacy;

/// <summary>A person in the files of a client's folders. What is archived loses its records of the person; what others rely on is named and left to its retention.</summary>
internal sealed class PersonFiles(IDropZones zones, FileRegister register)
{
    private const int Largest = 512 * 1024 * 1024;

    private static readonly ZoneFolder[] Folders =
        [ZoneFolder.Archive, ZoneFolder.Error, ZoneFolder.Log, ZoneFolder.Out, ZoneFolder.Processing, ZoneFolder.In, ZoneFolder.Products, ZoneFolder.InTest, ZoneFolder.ProcessingTest];

    /// <summary>Files that name the person, as they are.</summary>
    public Task<IReadOnlyList<PersonFile>> FindAsync(ClientDefinition client, string address, CancellationToken cancellation) => GoAsync(client, address, erase: false, cancellation);

    /// <summary>Takes the person out where that hurts nobody.</summary>
    public Task<IReadOnlyList<PersonFile>> EraseAsync(ClientDefinition client, string address, CancellationToken cancellation) => GoAsync(client, address, erase: true, cancellation);

    private async Task<IReadOnlyList<PersonFile>> GoAsync(ClientDefinition client, string address, bool erase, CancellationToken cancellation)
    {
        var zone = zones.Open(client);
        var wanted = Encoding.UTF8.GetBytes(address);
        var undecided = register.Failed(client.Id).Select(file => FinalName.BaseName(file.Name)).ToHashSet(StringComparer.Ordinal);
        var found = new List<PersonFile>();
        foreach (var folder in Folders.Where(folder => client.Import.Test || folder is not (ZoneFolder.InTest or ZoneFolder.ProcessingTest)))
        {
            foreach (var entry in await zone.ListAsync(folder, cancellation))
            {
                if (entry.Size > Largest)
                {
                    found.Add(new PersonFile(client.Key, folder.ToString(), entry.Name, "kept", "larger than 512 MiB: not looked into; it goes by retention.days"));
                    continue;
                }

                if (RecordSplitter.Without(await ReadAsync(zone, folder, entry.Name, cancellation), wanted) is not { } without) continue;
                var kept = WhyKept(client, folder, undecided.Any(name => entry.Name.StartsWith(name, StringComparison.Ordinal)));
                if (kept is not null || !erase)
                {
                    found.Add(new PersonFile(client.Key, folder.ToString(), entry.Name, "kept", kept ?? Records(without.Records)));
                    continue;
                }

                await zone.PutAsync(folder, entry.Name, target => target.Write(without.Text), cancellation);
                found.Add(new PersonFile(client.Key, folder.ToString(), entry.Name, "erased", Records(without.Records)));
            }
        }

        return found;
    }

    private static string? WhyKept(ClientDefinition client, ZoneFolder folder, bool undecided) => folder switch
    {
        ZoneFolder.Out => string.Create(CultureInfo.InvariantCulture, $"a response file handed to the client, sealed by its manifest; it goes {client.Retention.Days} days after it was written"),
        ZoneFolder.In or ZoneFolder.InTest => "not taken in yet: the record will be skipped (W210)",
        ZoneFolder.Products => "not taken in yet: erase again when it is, because mappings are not compared with who was erased",
        ZoneFolder.Processing or ZoneFolder.ProcessingTest => "in work: erase again when it is done with",
        ZoneFolder.Error when undecided => "its file waits for a decision (retry, replace, discard): erase again after it",
        _ => null,
    };

    private static string Records(int records) => string.Create(CultureInfo.InvariantCulture, $"{records} records");

    private static async Task<byte[]> ReadAsync(IDropZone zone, ZoneFolder folder, string name, CancellationToken cancellation)
    {
        await using var stream = await zone.OpenAsync(folder, name, cancellation);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, cancellation);
        return copy.ToArray();
    }
}
