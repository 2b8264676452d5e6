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

    private static List<SigningKey> Load(string folder)
    {
        var keys = new List<SigningKey>();
        foreach (var file in Directory.EnumerateFiles(folder, "signing-*.key").Order(StringComparer.Ordinal))
        {
            var number = byte.Parse(Path.GetFileNameWithoutExtension(file)["signing-".Length..], CultureInfo.InvariantCulture);
            keys.Add(new SigningKey(number, File.ReadAllBytes(file)));
        }

        return keys;
    }
}
