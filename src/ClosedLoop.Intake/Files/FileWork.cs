using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Files;
using ClosedLoop.Intake.Subscribers;
using ClosedLoop.Intake.Zones;
using ClosedLoop.Model.Clients;

namespace ClosedLoop.Intake.Files;

/// <summary>What the steps of one run share.</summary>
internal sealed class FileWork(IDropZone zone, Versioned<ClientDefinition> client, InboundFile file)
{
    public IDropZone Zone { get; } = zone;

    public ClientDefinition Client { get; } = client.Value;

    public int ClientVersion { get; } = client.Version;

    /// <summary>As last read from the register.</summary>
    public InboundFile File { get; set; } = file;

    /// <summary>Where the claimed file lies.</summary>
    public ZoneFolder Processing => File.Drop().Claimed();

    /// <summary>What the reading found, until that is in the register.</summary>
    public FileValidation? Validation { get; set; }

    /// <summary>The same of a product file: what its first pass counted.</summary>
    public FileCounts? ProductCounts { get; set; }

    /// <summary>Version of each source mailing as it was judged: the copy is made of that one.</summary>
    public Dictionary<long, int> SourceVersions { get; } = [];
}
