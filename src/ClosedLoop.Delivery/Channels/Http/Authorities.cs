using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ClosedLoop.Delivery.Channels.Http;

/// <summary>Authorities that a client's settings name in place of the machine's.</summary>
internal static class Authorities
{
    /// <summary>Those of a PEM file; null for no file.</summary>
    /// <exception cref="InvalidDataException">The file cannot be read, or holds none.</exception>
    public static X509Certificate2Collection? Read(string? file)
    {
        if (file is null) return null;
        var roots = new X509Certificate2Collection();
        try
        {
            roots.ImportFromPemFile(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new InvalidDataException($"CL4209 the certificate file '{file}' cannot be read: {e.GetType().Name}", e);
        }

        return roots.Count > 0 ? roots : throw new InvalidDataException($"CL4209 the certificate file '{file}' holds no certificate; expected PEM");
    }

    /// <summary>Believes these and no others.</summary>
    public static X509ChainPolicy Trust(X509Certificate2Collection roots)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(roots);
        return policy;
    }
}
