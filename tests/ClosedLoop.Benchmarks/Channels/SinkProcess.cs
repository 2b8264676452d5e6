using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace ClosedLoop.Benchmarks.Channels;

/// <summary>The running sink, with the keys that a client needs for it.</summary>
internal sealed class SinkProcess : IDisposable
{
    private readonly Process _process;

    private SinkProcess(Process process, string folder, IReadOnlyList<string> told)
    {
        _process = process;
        Http = "http://127.0.0.1:" + told[0];
        Https = "https://127.0.0.1:" + told[1];
        SmppPort = int.Parse(told[2], CultureInfo.InvariantCulture);
        Certificate = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(told[3]));
        (Authority, AppleKey, ServiceAccount) = (Path.Combine(folder, "authority.pem"), Path.Combine(folder, "key.p8"), Path.Combine(folder, "account.json"));
        File.WriteAllText(Authority, Certificate.ExportCertificatePem());
        using var apple = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(AppleKey, apple.ExportPkcs8PrivateKeyPem());
        using var google = RSA.Create(2048);
        File.WriteAllText(ServiceAccount, JsonSerializer.Serialize(new
        {
            type = "service_account",
            project_id = "bench",
            private_key_id = "k1",
            private_key = google.ExportPkcs8PrivateKeyPem(),
            client_email = "bench@example.org",
            token_uri = Http + "/token",
        }));
    }

    public string Http { get; }

    /// <summary>HTTP/2 over TLS.</summary>
    public string Https { get; }

    public int SmppPort { get; }

    public X509Certificate2 Certificate { get; }

    public string Authority { get; }

    public string AppleKey { get; }

    public string ServiceAccount { get; }

    public static SinkProcess Start(string folder)
    {
        var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? [typeof(SinkProcess).Assembly.Location, "channels", "sink"] : ["channels", "sink"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        return new SinkProcess(process, folder, (process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("the sink did not start")).Split(' '));
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
        Certificate.Dispose();
    }
}
