using ClosedLoop.Model.Clients;

namespace ClosedLoop.Intake.Zones;

/// <summary>What a client's definition calls the folders of its zone.</summary>
internal static class ZoneFolderNames
{
    public static string NameOf(this FolderSettings settings, ZoneFolder folder) => folder switch
    {
        ZoneFolder.In => settings.In,
        ZoneFolder.Products => settings.Products,
        ZoneFolder.Out => settings.Out,
        ZoneFolder.Processing => settings.Processing,
        ZoneFolder.Error => settings.Error,
        ZoneFolder.Log => settings.Log,
        ZoneFolder.Archive => settings.Archive,
        _ => throw new ArgumentOutOfRangeException(nameof(folder), folder, message: null),
    };
}
