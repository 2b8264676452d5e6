using System.Globalization;
using ClosedLoop.Model.Tokens;

namespace ClosedLoop.Silo.Hosting;

/// <summary>
/// Keys that sign tracking tokens, one file each: <c>signing-NNN.key</c>, 32 random bytes, readable by the owner only. The highest
/// number signs; the others still verify links in mail sent before.
/// </summary>
internal static class SigningKeyFile
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static SigningKeys LoadOrCreate(string folder)
    {
        Directory.CreateDirectory(folder);
        var keys = Load(folder);
        if (keys.Count == 0)
        {
            // Silos that share the folder and start together must not make a key each.
            using var alone = Lock(Path.Combine(folder, ".lock"));
            keys = Load(folder);
            if (keys.Count == 0) keys.Add(Create(folder, 1));
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

    private static FileStream Lock(string path)
    {
        for (var since = System.Diagnostics.Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (System.Diagnostics.Stopwatch.GetElapsedTime(since) < Patience)
            {
                Thread.Sleep(20);
            }
        }
    }

    private static SigningKey Create(string folder, byte number)
    {
        var key = SigningKey.Create(number);
        var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"signing-{number:000}.key"));

        // On the disk before anybody signs: links signed with a key that a power cut takes back could never be followed again.
        PrivateFile.Write(path, key.ExportSecret());
        return key;
    }
}
