using ClosedLoop.Intake.Zones;
using ClosedLoop.Model.Clients;
using ClosedLoop.Responses.Export;

namespace ClosedLoop.Silo.Hosting;

/// <summary>Puts response files into <c>out/</c> of a zone that is on another machine.</summary>
internal sealed class ZoneOutlet(IDropZones zones) : IExportOutlet
{
    public async Task DeliverAsync(ClientDefinition client, string folder, IReadOnlyList<ExportedFile> files, CancellationToken cancellation)
    {
        if (client.Sftp.Host is null) return;
        var zone = zones.Open(client);
        foreach (var file in files)
        {
            cancellation.ThrowIfCancellationRequested();
            await zone.PutAsync(ZoneFolder.Out, file.Name, target => Copy(Path.Combine(folder, file.Name), target), cancellation);
        }
    }

    private static void Copy(string path, Stream target)
    {
        using var source = File.OpenRead(path);
        source.CopyTo(target);
    }
}
