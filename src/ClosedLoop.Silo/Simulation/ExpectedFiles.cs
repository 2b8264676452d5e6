using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using ClosedLoop.Model;
using ClosedLoop.Responses.Export;
using ClosedLoop.Responses.Export.Manifests;
using ClosedLoop.Silo.Commands;

namespace ClosedLoop.Silo.Simulation;

/// <summary>Response files of an earlier rehearsal, for which this one is to give the same octets: a folder, a list of hashes, or the manifest of one set.</summary>
internal static class ExpectedFiles
{
    /// <summary>Name of the list of hashes beside files that were put aside; <c>sha256sum --check</c> reads it.</summary>
    public const string ListName = "SHA256SUMS";

    private const int MostShown = 160;

    public static string HashOf(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>A line of a list of hashes.</summary>
    public static string Line(ExportedFile file) => $"{file.Sha256}  {file.Name}";

    /// <summary>Copies the files with their manifests and the list of their hashes.</summary>
    /// <exception cref="CommandException">CL9669: there is something in the folder.</exception>
    public static void Put(string folder, string from, IReadOnlyList<ExportedFile> files)
    {
        RequireEmpty(folder);
        Directory.CreateDirectory(folder);
        foreach (var path in Directory.EnumerateFiles(from)) File.Copy(path, Path.Combine(folder, Path.GetFileName(path)));
        File.WriteAllText(Path.Combine(folder, ListName), string.Concat(files.Select(file => Line(file) + "\n")));
    }

    /// <exception cref="CommandException">CL9669: there is something in the folder.</exception>
    public static void RequireEmpty(string folder)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()) throw new CommandException(ExitCode.Refused, $"CL9669: --out {folder} is not empty; files of two rehearsals must not be mixed.");
    }

    /// <exception cref="CommandException">CL9692: it is neither a folder nor a file.</exception>
    public static void RequireThere(string expected)
    {
        if (!Directory.Exists(expected) && !File.Exists(expected)) throw new CommandException(ExitCode.NotFound, $"CL9692: {expected} is neither a folder nor a file to compare with.");
    }

    /// <summary>What is not as expected, a line each; empty when everything is.</summary>
    /// <param name="expected">What <c>--expect</c> names.</param>
    /// <param name="folder">Where this rehearsal's files lie.</param>
    /// <param name="files">They.</param>
    /// <exception cref="CommandException">CL9692: nothing that could be compared with.</exception>
    public static IReadOnlyList<string> Differences(string expected, string folder, IReadOnlyList<ExportedFile> files)
    {
        RequireThere(expected);
        if (Directory.Exists(expected)) return OfFolder(expected, folder);
        var text = File.ReadAllText(expected);
        return text.StartsWith('{') ? OfManifest(expected, text, files) : OfHashes(ReadList(expected, text), files, isWhole: true);
    }

    private static List<string> OfFolder(string expected, string folder)
    {
        var (wanted, found) = (NamesIn(expected), NamesIn(folder));
        if (wanted.Count == 0) throw new CommandException(ExitCode.NotFound, $"CL9692: {expected} has no files to compare with.");
        var differences = wanted.Except(found, StringComparer.Ordinal).Select(name => $"{name}: expected, and not there").ToList();
        differences.AddRange(found.Except(wanted, StringComparer.Ordinal).Select(name => $"{name}: there, and not expected"));
        differences.AddRange(wanted.Intersect(found, StringComparer.Ordinal).Select(name => Compare(name, Path.Combine(expected, name), Path.Combine(folder, name))).OfType<string>());
        return differences;
    }

    private static List<string> NamesIn(string folder) => [.. Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path)).Where(name => name != ListName).Order(StringComparer.Ordinal)];

    private static string? Compare(string name, string expected, string found)
    {
        // A manifest names the version of the program that wrote it; the next one writes the same files.
        if (HashOf(expected) == HashOf(found) || (WithoutVersion(expected) is { } one && one == WithoutVersion(found))) return null;
        var (number, line) = (0, ("", ""));
        using var left = File.ReadLines(expected).GetEnumerator();
        using var right = File.ReadLines(found).GetEnumerator();
        do
        {
            number++;
            line = (left.MoveNext() ? left.Current : "(end)", right.MoveNext() ? right.Current : "(end)");
        }
        while (line.Item1 == line.Item2 && line.Item1 != "(end)");
        return string.Create(CultureInfo.InvariantCulture, $"{name}, line {number}: expected {Cut(line.Item1)}, found {Cut(line.Item2)}");
    }

    private static string? WithoutVersion(string path)
    {
        if (!path.EndsWith(".json", StringComparison.OrdinalIgnoreCase)) return null;
        try
        {
            return JsonSerializer.Serialize(ManifestDocument.Read(File.ReadAllBytes(path)) with { Service = "" }, DefinitionJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static List<string> OfManifest(string path, string text, IReadOnlyList<ExportedFile> files)
    {
        try
        {
            return OfHashes(ManifestDocument.Read(System.Text.Encoding.UTF8.GetBytes(text)).Files.ToDictionary(file => file.Name, file => file.Sha256, StringComparer.Ordinal), files, isWhole: false);
        }
        catch (JsonException e)
        {
            throw new CommandException(ExitCode.NotFound, $"CL9692: {path} is no manifest: {e.Message}");
        }
    }

    private static Dictionary<string, string> ReadList(string path, string text)
    {
        var hashes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // As sha256sum writes it: two blanks, or a blank and an asterisk.
            if (line.Split(' ', 2) is not [{ Length: 64 } hash, { Length: > 1 } name] || !hashes.TryAdd(name.TrimStart(' ', '*'), hash))
                throw new CommandException(ExitCode.NotFound, $"CL9692: {path} has the line '{Cut(line)}'; expected a hash and the name of a file, each file once.");
        }

        return hashes.Count > 0 ? hashes : throw new CommandException(ExitCode.NotFound, $"CL9692: {path} is empty.");
    }

    private static List<string> OfHashes(Dictionary<string, string> hashes, IReadOnlyList<ExportedFile> files, bool isWhole)
    {
        var differences = hashes.Keys.Except(files.Select(file => file.Name), StringComparer.Ordinal).Select(name => $"{name}: expected, and not there").ToList();
        foreach (var file in files)
        {
            if (hashes.TryGetValue(file.Name, out var hash) ? hash == file.Sha256 : !isWhole) continue;
            differences.Add(hash is null ? $"{file.Name}: there, and not expected" : $"{file.Name}: expected {hash}, found {file.Sha256}");
        }

        return differences;
    }

    private static string Cut(string text) => text.Length <= MostShown ? text : text[..MostShown] + "…";
}
