using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ClosedLoop.Testing.Servers;

/// <summary>
/// A PostgreSQL of its own: own data directory, own port, reachable from this machine only. It refuses to run as root, so a privileged test run starts it as <c>nobody</c>.
/// </summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private static readonly Lazy<Task<PostgresServer>> OfAllTests = new(() => StartAsync());
    private static readonly string? Programs = FindPrograms();
    private static readonly string[] AsNobody = ["--reuid=65534", "--regid=65534", "--clear-groups"];

    private readonly string _folder;
    private int _databases;

    private PostgresServer(string folder, int port) => (_folder, Port) = (folder, port);

    public int Port { get; }

    public string Log => File.Exists(Path.Combine(_folder, "log")) ? File.ReadAllText(Path.Combine(_folder, "log")) : "";

    /// <summary>Why a test with it cannot run here; null when it can.</summary>
    public static string? WhyNot() =>
        OperatingSystem.IsWindows() ? "the tests do not start PostgreSQL on Windows"
        : Programs is null ? "PostgreSQL is not installed: apt-get install postgresql"
        : Environment.IsPrivilegedProcess && !File.Exists("/usr/bin/setpriv") ? "root cannot start PostgreSQL without setpriv"
        : null;

    /// <summary>Where pg_dump and pg_restore lie, of the server's own version.</summary>
    public static string ProgramFolder => Programs!;

    /// <summary>One server that tests share, each with a database of its own; it ends with the process.</summary>
    public static Task<PostgresServer> SharedAsync() => OfAllTests.Value;

    /// <param name="durable">Whether commits are forced to the disk, as on a real server.</param>
    public static async Task<PostgresServer> StartAsync(bool durable = false)
    {
        var folder = Directory.CreateTempSubdirectory("closedloop-postgres-").FullName;
        var server = new PostgresServer(folder, FreePort());
        if (Environment.IsPrivilegedProcess) Own(folder);
        server.Run("initdb", "-D", server.Data, "-U", "closedloop", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");

        // Processes are killed, the machine is not: what the server has written is there without fsync.
        await File.AppendAllTextAsync(Path.Combine(server.Data, "postgresql.conf"), string.Create(CultureInfo.InvariantCulture,
            $"port = {server.Port}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = ''\nfsync = {(durable ? "on" : "off")}\nmax_connections = 400\nshared_buffers = {(durable ? 512 : 64)}MB\nlog_line_prefix = '%m [%p] %a '\n"));
        server.StartAgain();
        server.EndWithThisProcess();
        return server;
    }

    /// <summary>Creates an empty database.</summary>
    /// <returns>Its connection string.</returns>
    public string CreateDatabase()
    {
        var name = NameOf(Interlocked.Increment(ref _databases));
        Execute("postgres", $"CREATE DATABASE {name}");

        // Each test leaves its pool behind.
        return string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Username=closedloop;Database={name};Connection Idle Lifetime=2;Connection Pruning Interval=1");
    }

    /// <summary>Runs SQL from outside of the program under test.</summary>
    /// <returns>The values of the first column, a line each.</returns>
    public string Execute(string database, string sql) =>
        Run("psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture), "-U", "closedloop", "-d", database, "-c", sql);

    /// <summary>Puts a dump into an empty database, as an operator does.</summary>
    /// <param name="dump">In the custom format of <c>pg_dump</c>.</param>
    /// <returns>Connection string of the new database.</returns>
    public string Restore(string dump)
    {
        var connection = CreateDatabase();
        var readable = Path.Combine(_folder, "restore.dump");
        File.Copy(dump, readable, overwrite: true);
        if (Environment.IsPrivilegedProcess) Own(readable);
        Run("pg_restore", "--no-owner", "--exit-on-error", "-h", "127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture), "-U", "closedloop", "-d", NameOf(_databases), readable);
        return connection;
    }

    /// <summary>As a crash does: every connection ends in the middle of what it does.</summary>
    public void Crash() => Run("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");

    /// <summary>As an operator does: open transactions are rolled back.</summary>
    public void Stop() => Run("pg_ctl", "-D", Data, "-m", "fast", "-w", "stop");

    /// <summary>The same server on its port, with its data.</summary>
    public void StartAgain() => Run("pg_ctl", "-D", Data, "-l", Path.Combine(_folder, "log"), "-w", "-t", "60", "start");

    public ValueTask DisposeAsync()
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid"))) Crash();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private string Data => Path.Combine(_folder, "data");

    /// <summary>
    /// A test host is given a tenth of a second to end and may be killed at any time, which is too short to remove what hundreds of databases have become: gigabytes.
    /// So a shell looks after it, which outlives this process.
    /// </summary>
    private void EndWithThisProcess()
    {
        const string Script = """
            exec </dev/null >/dev/null 2>&1; trap '' HUP INT TERM
            while kill -0 "$1" && [ -d "$2" ]; do sleep 1; done
            [ -d "$2" ] || exit 0
            kill -QUIT "$(head -n 1 "$2/data/postmaster.pid")"
            for again in 1 2 3 4 5; do sleep 1; rm -rf "$2" && break; done
            """;
        using var keeper = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Script, "sh", Environment.ProcessId.ToString(CultureInfo.InvariantCulture), _folder]) { UseShellExecute = false, WorkingDirectory = "/" })!;
    }

    private string Run(string program, params string[] arguments)
    {
        string[] command = [Path.Combine(Programs!, program), .. arguments];
        if (Environment.IsPrivilegedProcess) command = ["/usr/bin/setpriv", .. AsNobody, .. command];

        // The server keeps what it is started with: a pipe for its output would never end.
        var isStart = program == "pg_ctl";
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = !isStart, RedirectStandardError = !isStart, UseShellExecute = false, WorkingDirectory = "/" };
        if (isStart) start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", .. command]) { UseShellExecute = false, WorkingDirectory = "/" };
        using var process = Process.Start(start)!;
        var error = isStart ? Task.FromResult("") : process.StandardError.ReadToEndAsync();
        var output = isStart ? "" : process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException($"{program}: {error.GetAwaiter().GetResult()}{Log}");
    }

    private static string NameOf(int database) => string.Create(CultureInfo.InvariantCulture, $"t{database}");

    private static void Own(string path)
    {
        using var process = Process.Start("chown", ["65534:65534", path]);
        process.WaitForExit();
    }

    /// <summary>Debian keeps the programs of each version apart; the newest is taken.</summary>
    private static string? FindPrograms()
    {
        string[] debian = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [];
        return debian.OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0)
            .Select(folder => Path.Combine(folder, "bin"))
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl")));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
