using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ClosedLoop.Testing.Servers;

/// <summary>A Dovecot of its own with one box, on free ports, for as long as the test runs. Any name logs in with the password <c>secret</c>.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class DovecotBox : IDisposable
{
    private const string Program = "/usr/sbin/dovecot";

    private readonly string _folder = Directory.CreateTempSubdirectory("closedloop-dovecot-").FullName;
    private readonly Process _process;

    private DovecotBox(int port, int tlsPort)
    {
        (Port, TlsPort) = (port, tlsPort);
        WriteCertificate();
        File.WriteAllText(PathOf("dovecot.conf"), Configuration());

        // Dovecot's own processes run as other users, and must be able to enter.
        foreach (var folder in new[] { "", "mail", "mail/new", "mail/cur", "mail/tmp", "run" })
        {
            Directory.CreateDirectory(PathOf(folder));
            File.SetUnixFileMode(PathOf(folder), (UnixFileMode)0b111_111_111);
        }

        _process = Process.Start(new ProcessStartInfo(Program, ["-F", "-c", PathOf("dovecot.conf")]) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false })!;
    }

    /// <summary>POP3 with STLS.</summary>
    public int Port { get; }

    /// <summary>POP3 over TLS.</summary>
    public int TlsPort { get; }

    /// <summary>Names of the mails in the box.</summary>
    public IReadOnlyList<string> Mails => [.. Directory.GetFiles(PathOf("mail/new")).Concat(Directory.GetFiles(PathOf("mail/cur"))).Select(path => Path.GetFileName(path))];

    /// <summary>Why a test with it cannot run here; null when it can.</summary>
    public static string? WhyNot() =>
        !File.Exists(Program) ? "dovecot is not installed: apt-get install dovecot-pop3d"
        : !Environment.IsPrivilegedProcess ? "dovecot can only be started with its users by root"
        : null;

    public static async Task<DovecotBox> StartAsync()
    {
        var box = new DovecotBox(FreePort(), FreePort());
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, box.Port);
                return box;
            }
            catch (SocketException) when (tries < 600 && !box._process.HasExited)
            {
                await Task.Delay(50);
            }
            catch (SocketException e)
            {
                var story = File.Exists(box.PathOf("log")) ? await File.ReadAllTextAsync(box.PathOf("log")) : "no log";
                box.Dispose();
                throw new InvalidOperationException("dovecot does not answer: " + story, e);
            }
        }
    }

    public void Deliver(string name, byte[] mail)
    {
        var temporary = PathOf("mail/tmp/" + name);
        File.WriteAllBytes(temporary, mail);
        File.SetUnixFileMode(temporary, (UnixFileMode)0b110_110_110);
        File.Move(temporary, PathOf("mail/new/" + name));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            // TERM, so that the master takes its children with it.
            using var stop = Process.Start("kill", [_process.Id.ToString(CultureInfo.InvariantCulture)]);
            stop.WaitForExit();
            _process.WaitForExit(TimeSpan.FromSeconds(30));
        }

        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private string PathOf(string name) => Path.Combine(_folder, name);

    private string Configuration() => $$"""
        protocols = pop3
        listen = 127.0.0.1
        base_dir = {{PathOf("run")}}
        log_path = {{PathOf("log")}}
        ssl = yes
        ssl_cert = <{{PathOf("cert.pem")}}
        ssl_key = <{{PathOf("key.pem")}}
        mail_location = maildir:{{PathOf("mail")}}
        first_valid_uid = 1
        pop3_uidl_format = %g
        passdb {
          driver = static
          args = password=secret
        }
        userdb {
          driver = static
          args = uid=nobody gid=nogroup home={{PathOf("mail")}}
        }
        service pop3-login {
          inet_listener pop3 {
            port = {{Port}}
          }
          inet_listener pop3s {
            port = {{TlsPort}}
          }
        }
        """;

    private void WriteCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
        File.WriteAllText(PathOf("cert.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(PathOf("key.pem"), key.ExportPkcs8PrivateKeyPem());
    }
}
