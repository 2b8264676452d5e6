using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ClosedLoop.Mail.Smtp;

namespace ClosedLoop.Mail.Tests.Support;

/// <summary>
/// A Postfix with configuration, queue and users of its own: takes mail from a user behind STARTTLS only, and passes it on to a given port.
/// </summary>
internal sealed class PostfixRelay : IDisposable
{
    public const string User = "user@relay.test";
    public const string Password = "pass word+";

    private readonly string _folder = Directory.CreateTempSubdirectory("closedloop-postfix-").FullName;
    private readonly int _port;
    private readonly string _thumbprint;

    private PostfixRelay(int nextHop, string discardedKeywords)
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            _port = ((IPEndPoint)probe.LocalEndpoint).Port;
        }

        Run("chmod", "755", _folder);
        Directory.CreateDirectory(PathOf("queue"));
        Directory.CreateDirectory(PathOf("data"));
        Directory.CreateDirectory(PathOf("sasl"));
        _thumbprint = WriteCertificate();
        Run("/bin/sh", "-c", $"printf %s '{Password}' | saslpasswd2 -c -p -f {PathOf("sasl/sasldb2")} -u relay.test user");
        Run("chown", "-R", "postfix", PathOf("data"), PathOf("sasl"));
        File.WriteAllText(PathOf("sasl/smtpd.conf"), $"pwcheck_method: auxprop\nauxprop_plugin: sasldb\nmech_list: PLAIN LOGIN\nsasldb_path: {PathOf("sasl/sasldb2")}\n");
        File.WriteAllText(PathOf("main.cf"), string.Create(CultureInfo.InvariantCulture, $"""
            compatibility_level = 3.6
            queue_directory = {_folder}/queue
            data_directory = {_folder}/data
            daemon_directory = /usr/lib/postfix/sbin
            command_directory = /usr/sbin
            meta_directory = /etc/postfix
            myhostname = relay.test
            mydestination =
            alias_maps =
            inet_interfaces = 127.0.0.1
            mynetworks = 192.0.2.1/32
            smtpd_relay_restrictions = permit_sasl_authenticated, reject
            smtpd_discard_ehlo_keywords = {discardedKeywords}
            smtpd_client_connection_count_limit = 0
            relayhost = [127.0.0.1]:{nextHop}
            disable_dns_lookups = yes
            smtpd_tls_cert_file = {_folder}/cert.pem
            smtpd_tls_key_file = {_folder}/key.pem
            smtpd_tls_security_level = may
            smtpd_tls_auth_only = yes
            smtpd_sasl_auth_enable = yes
            cyrus_sasl_config_path = {_folder}/sasl
            maillog_file = {_folder}/mail.log
            maillog_file_prefixes = {_folder}
            message_size_limit = 1000000

            """));
        File.WriteAllText(PathOf("master.cf"), string.Create(CultureInfo.InvariantCulture, $"""
            127.0.0.1:{_port} inet n - n - - smtpd
            cleanup unix n - n - 0 cleanup
            qmgr unix n - n 300 1 qmgr
            tlsmgr unix - - n 1000? 1 tlsmgr
            rewrite unix - - n - - trivial-rewrite
            bounce unix - - n - 0 bounce
            defer unix - - n - 0 bounce
            trace unix - - n - 0 bounce
            smtp unix - - n - - smtp
            error unix - - n - - error
            retry unix - - n - - error
            anvil unix - - n - 1 anvil
            scache unix - - n - 1 scache
            proxymap unix - - n - - proxymap
            postlog unix-dgram n - n - 1 postlogd

            """));
        Run(NeedsFactAttribute.Find("postfix")!, "-c", _folder, "start");
    }

    /// <summary>Reaches it with the user and the certificate pinned.</summary>
    public SmtpRelayOptions Relay => new()
    {
        Host = "127.0.0.1",
        Port = _port,
        Tls = SmtpTls.Required,
        CertificateCheck = (_, shown, _, _) => shown?.GetCertHashString() == _thumbprint,
        UserName = User,
        Password = Password,
    };

    /// <summary>What it logged.</summary>
    public string Log => File.Exists(PathOf("mail.log")) ? File.ReadAllText(PathOf("mail.log")) : "";

    /// <summary>Starts it and waits until it answers.</summary>
    public static async Task<PostfixRelay> StartAsync(int nextHop, string discardedKeywords = "")
    {
        var relay = new PostfixRelay(nextHop, discardedKeywords);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, relay._port, limit.Token);
                return relay;
            }
            catch (SocketException)
            {
                await Task.Delay(50, limit.Token);
            }
        }
    }

    public void Dispose()
    {
        Run(NeedsFactAttribute.Find("postfix")!, "-c", _folder, "stop");
        Directory.Delete(_folder, recursive: true);
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;

        // The daemon inherits the other ends of the pipes, so nobody waits for their end.
        process.WaitForExit();
        if (process.ExitCode != 0 && !arguments.Contains("stop"))
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with exit code {process.ExitCode}");
    }

    private string PathOf(string name) => Path.Combine(_folder, name);

    private string WriteCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=relay.test", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(PathOf("cert.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(PathOf("key.pem"), key.ExportPkcs8PrivateKeyPem());
        return certificate.Thumbprint;
    }
}
