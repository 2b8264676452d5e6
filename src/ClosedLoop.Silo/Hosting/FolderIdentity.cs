using System.Text;
using ClosedLoop.Data.Files;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Hosting;

/// <summary>
/// Tells data folders of several silos apart: file <c>silo</c>, which goes with the folder to another machine. A folder that was used before there were several keeps the name under which the place
/// in its spool is stored, so that no event is stored twice, whichever engine comes after the other.
/// </summary>
internal static class FolderIdentity
{
    private const string Main = "main";
    private const string MainSpool = "events";

    /// <returns><c>null</c> for a folder that no silo of several has used.</returns>
    public static string? Read(SiloSettings settings) => File.Exists(PathOf(settings)) ? File.ReadAllText(PathOf(settings)).Trim() : null;

    /// <summary>The folder's identity, made when there is none.</summary>
    public static string Take(SiloSettings settings)
    {
        if (Read(settings) is { } known) return known;
        Directory.CreateDirectory(settings.DataPath);
        var identity = Directory.Exists(settings.SpoolPath) && Directory.EnumerateFiles(settings.SpoolPath).Any() ? Main : Guid.NewGuid().ToString("N");
        AtomicFile.Write(PathOf(settings), stream => stream.Write(Encoding.ASCII.GetBytes(identity)));
        return identity;
    }

    /// <summary>Name under which the place in the folder's spool is stored.</summary>
    public static string SpoolOf(string? identity) => identity is null or Main ? MainSpool : $"{MainSpool}/{identity}";

    private static string PathOf(SiloSettings settings) => Path.Combine(settings.DataPath, "silo");
}
