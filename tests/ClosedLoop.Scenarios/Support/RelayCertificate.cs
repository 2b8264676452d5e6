using System.Security.Cryptography.X509Certificates;

namespace ClosedLoop.Scenarios.Support;

/// <summary>A certificate for 127.0.0.1, signed by itself, in two PEM files.</summary>
internal sealed record RelayCertificate(string File, string KeyFile)
{
    public static RelayCertificate Make(Installation installation)
    {
        using var made = TestCertificate.For("127.0.0.1");
        using var key = made.GetECDsaPrivateKey()!;
        return new RelayCertificate(
            installation.Aside("relay.pem", System.Text.Encoding.ASCII.GetBytes(made.ExportCertificatePem())),
            installation.Aside("relay.key", System.Text.Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem())));
    }

    public X509Certificate2Collection Roots => [X509CertificateLoader.LoadCertificateFromFile(File)];
}
