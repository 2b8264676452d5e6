using System.Security.Cryptography;
using System.Text;

namespace ClosedLoop.Optimove.Secrets;

/// <summary>
/// Seals secrets for the database with AES-256-GCM. The key lies in a file beside the signing keys, so that a copy of the database alone gives nothing away.
/// </summary>
public sealed class SecretBox
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private readonly byte[] _key;

    public SecretBox(ReadOnlySpan<byte> key)
    {
        if (key.Length != 32) throw new ArgumentException($"the key has {key.Length} octets; expected 32", nameof(key));
        _key = key.ToArray();
    }

    /// <summary>Reads the key; makes it, readable for its owner only, when there is none.</summary>
    public static SecretBox Open(string path)
    {
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            try
            {
                var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
                using (var file = new FileStream(temporary, options))
                {
                    file.Write(RandomNumberGenerator.GetBytes(32));
                    file.Flush(flushToDisk: true);
                }

                // Two processes that start at once agree on the one that came first.
                File.Move(temporary, path, overwrite: false);
            }
            catch (IOException) when (File.Exists(path))
            {
            }
        }

        return new SecretBox(File.ReadAllBytes(path));
    }

    public byte[] Seal(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        var clear = Encoding.UTF8.GetBytes(secret);
        var sealedBox = new byte[NonceLength + TagLength + clear.Length];
        RandomNumberGenerator.Fill(sealedBox.AsSpan(0, NonceLength));
        using var aes = new AesGcm(_key, TagLength);
        aes.Encrypt(sealedBox.AsSpan(0, NonceLength), clear, sealedBox.AsSpan(NonceLength + TagLength), sealedBox.AsSpan(NonceLength, TagLength));
        return sealedBox;
    }

    /// <exception cref="InvalidDataException">CL9001: sealed with another key, or changed.</exception>
    public string Unseal(byte[] sealedBox)
    {
        ArgumentNullException.ThrowIfNull(sealedBox);
        var clear = new byte[Math.Max(0, sealedBox.Length - NonceLength - TagLength)];
        using var aes = new AesGcm(_key, TagLength);
        try
        {
            if (sealedBox.Length < NonceLength + TagLength) throw new AuthenticationTagMismatchException();
            aes.Decrypt(sealedBox.AsSpan(0, NonceLength), sealedBox.AsSpan(NonceLength + TagLength), sealedBox.AsSpan(NonceLength, TagLength), clear);
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw new InvalidDataException("CL9001: a secret in the database was sealed with another key than keys/optimove.key; put that file back, or save the connector with its keys again.", e);
        }

        return Encoding.UTF8.GetString(clear);
    }
}
