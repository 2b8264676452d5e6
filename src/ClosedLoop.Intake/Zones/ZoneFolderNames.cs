using ClosedLoop.Model.Clients;

namespace ClosedLoop.Intake.Zones;

/// <summary>What a client's definition calls the folders of its zone.</summary>
internal static class ZoneFolderNames
{
    /// <summary>Where a claim puts what lies in a drop folder.</summary>
    public static ZoneFolder Claimed(this ZoneFolder drop) => drop switch
    {
        ZoneFolder.In or ZoneFolder.Products => ZoneFolder.Processing,
        ZoneFolder.InTest => ZoneFolder.ProcessingTest,
        _ => throw new ArgumentOutOfRangeException(nameof(drop), drop, "nothing is claimed there"),
    };

    public static bool IsProcessing(this ZoneFolder folder) => folder is ZoneFolder.Processing or ZoneFolder.ProcessingTest;

    public static bool IsTest(this ZoneFolder folder) => folder is ZoneFolder.InTest or ZoneFolder.ProcessingTest;

    public static string NameOf(this FolderSettings settings, ZoneFolder folder) => folder switch
    {
        ZoneFolder.In => settings.In,
        ZoneFolder.Products => settings.Products,
        ZoneFolder.Out => settings.Out,
        ZoneFolder.Processing => settings.Processing,
        ZoneFolder.Error => settings.Error,
        ZoneFolder.Log => settings.Log,
        ZoneFolder.Archive => settings.Archive,
        ZoneFolder.InTest => settings.InTest,
        ZoneFolder.ProcessingTest => settings.Processing + "-test",
        _ => throw new ArgumentOutOfRangeException(nameof(folder), folder, message: null),
    };
}
