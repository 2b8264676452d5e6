using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Hosting;

namespace ClosedLoop.Silo.Clustering;

/// <summary>Who this silo is to the others: <see cref="Id"/> is of this process, <see cref="Folder"/> of its data folder.</summary>
internal sealed class SiloIdentity
{
    public SiloIdentity(SiloSettings settings)
    {
        Name = settings.Cluster.Name ?? Environment.MachineName;
        Id = $"{Name}/{Guid.NewGuid():N}";
        Folder = FolderIdentity.Take(settings);
    }

    public string Name { get; }

    public string Id { get; }

    public string Folder { get; }
}
