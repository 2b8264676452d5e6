using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ClosedLoop.Testing.Servers;

/// <summary>An OpenSSH server of one test, as the account the tests run under, with keys of its own.</summary>
internal sealed class Sshd : IAsyncDisposable
{
    private readonly string _settings;
    private readonly string _after;
    private Process? _process;

    private Sshd(string folder, int port, string settings, string after)
    {
        Folder = folder;
        Port = port;
        _settings = settings;
        _after = after;
    }

    public static string? Program { get; } = new[] { "/usr/sbin/sshd", "/usr/bin/sshd", "/usr/local/sbin/sshd" }.FirstOrDefault(File.Exists) is { } sshd
        && Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, "ssh"))) ? sshd : null;

    /// <summary>Keys, known_hosts and, in <see cref="Home"/>, what the session sees.</summary>
    public string Folder { get; }

    public int Port { get; }

    public string Home => Path.Combine(Folder, "home");

    public string KnownHosts => Path.Combine(Folder, "known_hosts");

    public string Log => File.Exists(Path.Combine(Folder, "sshd.log")) ? File.ReadAllText(Path.Combine(Folder, "sshd.log")) : "";

    public string IdentityFile => Path.Combine(Folder, "client");

    public string Configuration => Path.Combine(Folder, "sshd_config");

    /// <param name="settings">Lines before those of the test.</param>
    /// <param name="after">Lines after them.</param>
    public static async Task<Sshd> StartAsync(string settings = "", string after = "")
    {
        var folder = Directory.CreateTempSubdirectory("closedloop-sshd-").FullName;
        var server = new Sshd(folder, FreePort(), settings, after);
        Directory.CreateDirectory(server.Home);
        Run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", Path.Combine(folder, "host"));
        Run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", Path.Combine(folder, "client"));
        File.Copy(Path.Combine(folder, "client.pub"), Path.Combine(folder, "authorized_keys"));
        server.Trust("host.pub");
        await server.StartServerAsync();
        return server;
    }

    /// <summary>Puts a public key on record for this server.</summary>
    public void Trust(string publicKey, int? port = null) => File.WriteAllText(KnownHosts, string.Create(CultureInfo.InvariantCulture,
        $"[127.0.0.1]:{port ?? Port} {string.Join(' ', File.ReadAllText(Path.Combine(Folder, publicKey)).Split(' ').Take(2))}\n"));

    public static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program}: {error}");
    }

    /// <summary>Ends the server and every session it carries, as a crash does.</summary>
    public async Task KillAsync()
    {
        if (_process is null) return;
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>The same server again, on its port and with its keys.</summary>
    public Task RestartAsync() => StartServerAsync();

    private async Task StartServerAsync()
    {
        // Needed where sshd separates privileges, which it does when the tests run as root.
        if (Environment.IsPrivilegedProcess) Directory.CreateDirectory("/run/sshd");
        await File.WriteAllTextAsync(Configuration, string.Create(CultureInfo.InvariantCulture,
            $"""
            {_settings}
            Port {Port}
            ListenAddress 127.0.0.1
            HostKey {Folder}/host
            AuthorizedKeysFile {Folder}/authorized_keys
            PidFile none
            StrictModes no
            UsePAM no
            PermitRootLogin prohibit-password
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            Subsystem sftp internal-sftp -d {Home}
            {_after}

            """));
        var start = new ProcessStartInfo(Program!, ["-D", "-E", Path.Combine(Folder, "sshd.log"), "-f", Configuration]) { RedirectStandardError = true, UseShellExecute = false };
        _process = Process.Start(start)!;
        var patience = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException) when (patience.Elapsed < TimeSpan.FromSeconds(20) && !_process.HasExited)
            {
                await Task.Delay(20);
            }
        }
    }
}
