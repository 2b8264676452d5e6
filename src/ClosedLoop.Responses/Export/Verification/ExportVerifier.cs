using System.Security.Cryptography;
using System.Text.Json;
using ClosedLoop.Responses.Export.Manifests;

namespace ClosedLoop.Responses.Export.Verification;

/// <summary>
/// Checks fetched files against the manifest beside them, without a server: that they are the bytes that were published, and that keys and values hold together as spec section 17.11
/// says. Memory grows with the recipients of a set, by about 60 bytes each.
/// </summary>
public static class ExportVerifier
{
    /// <summary>Checks one set, or all sets of a folder in the order of their runs.</summary>
    /// <param name="path">A manifest, or a folder with at least one.</param>
    /// <param name="cancellation">Looked at between two sets.</param>
    /// <exception cref="ExportException">CL2910: there is no manifest, or it cannot be read.</exception>
    public static IReadOnlyList<VerifiedSet> Verify(string path, CancellationToken cancellation = default)
    {
        var manifests = Directory.Exists(path) ? Find(path) : [(path, Read(path) ?? throw new ExportException("CL2910", $"{path} is no manifest of an export."))];
        if (manifests.Count == 0) throw new ExportException("CL2910", $"{path} holds no manifest of an export; expected the file that stands beside each set, such as 20260302_manifest.json.");
        var known = new KnownRuns();
        var sets = new List<VerifiedSet>();
        foreach (var (file, manifest) in manifests.OrderBy(entry => entry.Item2.To).ThenBy(entry => entry.Item2.Run))
        {
            cancellation.ThrowIfCancellationRequested();
            sets.Add(Verify(file, manifest, known));
        }

        return sets;
    }

    private static VerifiedSet Verify(string path, ManifestDocument manifest, KnownRuns known)
    {
        var (folder, faults) = (Path.GetDirectoryName(Path.GetFullPath(path))!, new FaultList());
        foreach (var table in ExportTable.All.Where(table => manifest.Files.Count(file => file.Table == table.Key) != 1))
            faults.Add("CL2910", Path.GetFileName(path), 0, $"the manifest does not name one file for {table.Key}.");
        foreach (var file in manifest.Files) Compare(folder, file, faults);

        // What differs need not be looked into: whatever is wrong in there is not what was published.
        if (faults.Count == 0) new SetVerifier(folder, manifest, known, faults).Verify();
        return new VerifiedSet(Path.GetFileName(path), manifest.Run, manifest.Files.Sum(file => file.Rows), faults.Faults, faults.Count);
    }

    private static void Compare(string folder, ExportedFile expected, FaultList faults)
    {
        var path = Path.Combine(folder, expected.Name);
        if (Path.GetFileName(expected.Name) != expected.Name)
        {
            faults.Add("CL2910", expected.Name, 0, "the manifest names a file outside its folder.");
        }
        else if (!File.Exists(path))
        {
            faults.Add("CL2911", expected.Name, 0, "the file is missing; it was not fetched, or the run had not ended.");
        }
        else if (new FileInfo(path).Length is var length && length != expected.Bytes)
        {
            faults.Add("CL2912", expected.Name, 0, FormattableString.Invariant(
                $"the file has {length} bytes; its manifest says {expected.Bytes}: {(length < expected.Bytes ? "the transfer was most likely cut off." : "something was added, or line ends or the encoding were converted on the way.")}"));
        }
        else if (Hash(path) != expected.Sha256)
        {
            faults.Add("CL2912", expected.Name, 0, "the file has the length its manifest says and other content: it was changed after it was published.");
        }
    }

    private static string Hash(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static List<(string, ManifestDocument)> Find(string folder)
    {
        var found = new List<(string, ManifestDocument)>();
        foreach (var path in Directory.EnumerateFiles(folder).Where(path => !Path.GetFileName(path).StartsWith('.') && !path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)))
        {
            if (Read(path) is { } manifest) found.Add((path, manifest));
        }

        return found;
    }

    private static ManifestDocument? Read(string path)
    {
        // A manifest names eight files and a few fields; nothing larger needs to be read to know that it is none.
        if (!File.Exists(path) || new FileInfo(path).Length > 1 << 20) return null;
        try
        {
            return ManifestDocument.Read(File.ReadAllBytes(path));
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
