using System.Security.Cryptography;

namespace ClosedLoop.Responses.Export.Manifests;

/// <summary>Writes a manifest to disk.</summary>
internal static class ManifestFile
{
    public static ExportedFile Write(string path, string name, ManifestDocument manifest)
    {
        var bytes = manifest.ToBytes();
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        stream.Write(bytes);
        stream.Flush(flushToDisk: true);
        return new ExportedFile(ManifestDocument.Key, name, 1, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }
}
