using ClosedLoop.Data.Privacy;

namespace ClosedLoop.Silo.Hosting;

/// <summary>The key under which erased people are remembered: <c>keys/erasure.key</c>, 32 random octets, made with the first of them.</summary>
internal static class ErasureKeyFile
{
    public static ErasureKey LoadOrCreate(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, "erasure.key");

        // On the disk before anybody is remembered with it: without it the list is good for nothing.
        PrivateFile.CreateOnce(path, static () => System.Security.Cryptography.RandomNumberGenerator.GetBytes(ErasureKey.Size));
        return new ErasureKey(File.ReadAllBytes(path));
    }
}
