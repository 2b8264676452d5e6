using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ClosedLoop.Benchmarks.Pipeline;

/// <summary>The programs of Postfix that stand at both ends: <c>smtp-sink</c> takes mail, <c>smtp-source</c> sends as fast as it can.</summary>
internal sealed class SmtpPeer : IDisposable
{
    private readonly Process? _sink;

    private SmtpPeer(string host, int port, Process? sink)
    {
        Host = host;
        Port = port;
        _sink = sink;
    }

    public string Host { get; }

    public int Port { get; }

    /// <summary>The server that was named, or a <c>smtp-sink</c> of our own on a free port.</summary>
    public static SmtpPeer Open((string Host, int Port)? given)
    {
        if (given is { } named) return new SmtpPeer(named.Host, named.Port, sink: null);
        var program = Find("smtp-sink") ?? throw new InvalidOperationException("smtp-sink is not installed (apt-get install postfix); name a server with --smtp HOST:PORT");
        int port;
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            port = ((IPEndPoint)probe.LocalEndpoint).Port;
        }

        // smtp-sink does not run as root; any unprivileged user will do.
        string[] user = Environment.UserName == "root" ? ["-u", "nobody"] : [];
        var sink = Process.Start(new ProcessStartInfo(program, [.. user, "-c", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"), "1000"]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        sink.OutputDataReceived += (_, _) => { };
        sink.ErrorDataReceived += (_, _) => { };
        sink.BeginOutputReadLine();
        sink.BeginErrorReadLine();
        WaitUntilOpen(port);
        return new SmtpPeer("127.0.0.1", port, sink);
    }

    /// <summary>Messages per second of <c>smtp-source</c> over kept connections; <c>null</c> when it is not installed.</summary>
    public double? MeasureSource(int sessions, int messages, int bytes)
    {
        if (Find("smtp-source") is not { } program) return null;
        var started = Stopwatch.GetTimestamp();
        using var source = Process.Start(new ProcessStartInfo(program,
            [.. new object[] { "-d", "-s", sessions, "-m", messages, "-l", bytes, "-f", "a@example.org", "-t", "b@example.org", $"{Host}:{Port}" }.Select(a => Convert.ToString(a, CultureInfo.InvariantCulture)!)]))!;
        source.WaitForExit();
        return source.ExitCode == 0
            ? Math.Round(messages / Stopwatch.GetElapsedTime(started).TotalSeconds)
            : throw new InvalidOperationException($"smtp-source ended with exit code {source.ExitCode}");
    }

    public void Dispose()
    {
        if (_sink is null) return;
        _sink.Kill();
        _sink.WaitForExit();
        _sink.Dispose();
    }

    private static void WaitUntilOpen(int port)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                using var client = new TcpClient();
                client.Connect(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (i < 100)
            {
                Thread.Sleep(50);
            }
        }
    }

    private static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/usr/libexec/postfix").Split(':').Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
