using ClosedLoop.Data.Files;
using ClosedLoop.Intake.Products;
using ClosedLoop.Intake.Zones;

namespace ClosedLoop.Intake.Files;

/// <summary>Where a file came from.</summary>
internal static class FileFolders
{
    public static ZoneFolder Drop(this InboundFile file) => file.Test ? ZoneFolder.InTest : ProductFileName.FolderOf(file.Name);
}
