using ClosedLoop.Data.Files;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Clustering;

/// <summary>
/// Who this silo is to the others. <see cref="Id"/> is of this process; <see cref="Folder"/> belongs to the data folder, and goes with it to another machine, because what lies in the
/// folder, such as the spool, is told apart by it.
/// </summary>
internal sealed class SiloIdentity
{
    public SiloIdentity(SiloSettings settings)
    {
        Name = settings.Cluster.Name ?? Environment.MachineName;
        Id = $"{Name}/{Guid.NewGuid():N}";
        var path = Path.Combine(settings.DataPath, "silo");
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(settings.DataPath);
            AtomicFile.Write(path, stream => stream.Write(System.Text.Encoding.ASCII.GetBytes(Guid.NewGuid().ToString("N"))));
        }

        Folder = File.ReadAllText(path).Trim();
    }

    public string Name { get; }

    public string Id { get; }

    public string Folder { get; }
}
