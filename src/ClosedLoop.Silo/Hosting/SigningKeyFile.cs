using System.Globalization;
using ClosedLoop.Model.Tokens;

namespace ClosedLoop.Silo.Hosting;

/// <summary>
/// Keys that sign tracking tokens, one file each: <c>signing-NNN.key</c>, 32 random bytes, readable by the owner only. The highest
/// number signs; the others still verify links in mail sent before.
/// </summary>
internal static class SigningKeyFile
{
    public static SigningKeys LoadOrCreate(string folder)
    {
        Directory.CreateDirectory(folder);
        var keys = Load(folder);
        if (keys.Count == 0)
        {
            // On the disk before anybody signs: links signed with a key that a power cut takes back could never be followed again.
            PrivateFile.CreateOnce(Path.Combine(folder, "signing-001.key"), () => SigningKey.Create(1).ExportSecret());
            keys = Load(folder);
        }

        return new SigningKeys(keys[^1], keys.SkipLast(1));
    }

    /// <summary>The files and their numbers, in order.</summary>
    public static IReadOnlyList<(byte Number, string Path)> Files(string folder) => [.. Directory.EnumerateFiles(folder, "signing-*.key").Order(StringComparer.Ordinal)
        .Select(file => (byte.Parse(Path.GetFileNameWithoutExtension(file)["signing-".Length..], CultureInfo.InvariantCulture), file))];

    /// <summary>Makes the next key. A process that runs goes on with those it has loaded.</summary>
    /// <returns>Name of its file; <c>null</c> when there is no number left.</returns>
    public static string? Add(string folder)
    {
        if (Files(folder) is not [.., var (last, _)] || last == byte.MaxValue) return null;
        var name = string.Create(CultureInfo.InvariantCulture, $"signing-{last + 1:000}.key");
        PrivateFile.CreateOnce(Path.Combine(folder, name), () => SigningKey.Create((byte)(last + 1)).ExportSecret());
        return name;
    }

    private static List<SigningKey> Load(string folder)
    {
        var keys = new List<SigningKey>();
        foreach (var (number, file) in Files(folder)) keys.Add(new SigningKey(number, File.ReadAllBytes(file)));
        return keys;
    }
}
