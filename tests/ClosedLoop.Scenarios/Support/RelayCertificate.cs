using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ClosedLoop.Scenarios.Support;

/// <summary>A certificate for 127.0.0.1, signed by itself, in two PEM files.</summary>
internal sealed record RelayCertificate(string File, string KeyFile)
{
    public static RelayCertificate Make(Installation installation)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=relay", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return new RelayCertificate(
            installation.Aside("relay.pem", System.Text.Encoding.ASCII.GetBytes(made.ExportCertificatePem())),
            installation.Aside("relay.key", System.Text.Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem())));
    }

    public X509Certificate2Collection Roots => [X509CertificateLoader.LoadCertificateFromFile(File)];
}
