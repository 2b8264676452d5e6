using System.Security.Cryptography;
using ClosedLoop.Data.Files;
using ClosedLoop.Model.Testing;

namespace ClosedLoop.Responses.Export;

/// <summary>
/// Moves a written file set under its final names, in the order that consumers rely on (spec section 17.1). Broken off at
/// any place it can be done again: what stands already has the same bytes and stays.
/// </summary>
internal static class ExportPublisher
{
    /// <summary>Name of a file while it is being written; pollers take final names only.</summary>
    public static string TemporaryName(string name) => $".{name}.tmp";

    /// <param name="folder">The <c>out</c> folder.</param>
    /// <param name="set">The files.</param>
    /// <param name="renamed">Called after each rename.</param>
    /// <exception cref="ExportException">CL7004: a file of that name with another content stands there; nothing was renamed.</exception>
    public static void Publish(string folder, WrittenSet set, Action<string>? renamed = null)
    {
        var files = set.InOrder;
        var standing = files.Where(file => Stands(folder, set, file)).ToHashSet();

        // The bytes are on the disk; now their temporary names are too, so that no final name can appear before its content.
        AtomicFile.FlushFolder(folder);
        KillSwitch.Reach(KillPoint.ExportWritten);
        foreach (var file in files)
        {
            var temporary = Path.Combine(folder, TemporaryName(file.Name));
            if (standing.Contains(file)) File.Delete(temporary);
            else File.Move(temporary, Path.Combine(folder, file.Name), overwrite: false);

            // One flush a file: after a power cut, too, the last name stands only when all before it do.
            AtomicFile.FlushFolder(folder);
            renamed?.Invoke(file.Name);
        }
    }

    private static bool Stands(string folder, WrittenSet set, ExportedFile file)
    {
        var path = Path.Combine(folder, file.Name);
        if (!File.Exists(path)) return false;

        // An earlier version of the program may have got as far as the manifest, which names it.
        if (file == set.DocumentFile && set.Document!.TellsTheSameAs(File.ReadAllBytes(path))) return true;
        using var stream = File.OpenRead(path);
        if (Convert.ToHexStringLower(SHA256.HashData(stream)) == file.Sha256) return true;
        throw new ExportException("CL7004",
            $"{path} exists with other content than this run's; published files are never altered. It was most likely left by another database: move it away, the run is then repeated.");
    }
}
