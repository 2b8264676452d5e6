using System.Buffers;
using System.Text.RegularExpressions;

namespace ClosedLoop.Sftp;

/// <summary>One server and how to reach it. Keys, agents, ciphers and known_hosts are those of the OpenSSH client, which carries the session.</summary>
public sealed partial record SftpOptions
{
    private static readonly SearchValues<char> Unsafe = SearchValues.Create("\"'\\ \t\r\n%$`~");

    /// <summary>Host name or address.</summary>
    public required string Host { get; init; }

    public int Port { get; init; } = 22;

    public required string User { get; init; }

    /// <summary>Private key file; null leaves the choice to the agent and the client's defaults.</summary>
    public string? IdentityFile { get; init; }

    /// <summary>Socket of an agent; null takes that of the environment, if any.</summary>
    public string? AgentSocket { get; init; }

    /// <summary>The only file whose host keys are believed. A server that is not in it is refused: nothing is ever learnt by connecting.</summary>
    public required string KnownHostsFile { get; init; }

    /// <summary>Host to go through, as <c>user@host</c> or <c>user@host:port</c>; its key must be in <see cref="KnownHostsFile"/>, too.</summary>
    public string? JumpHost { get; init; }

    /// <summary>Program to run. Default <c>ssh</c> on the path.</summary>
    public string SshProgram { get; init; } = "ssh";

    /// <summary>Longest time to a session that answers. Default 30 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest wait for the answer to one request; then the session is given up. Default 60 s.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Silence after which the client asks whether the server is alive; three questions without an answer end the session. Default 15 s.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Read and write requests of one file under way at a time. Default 64: two megabytes in flight at the usual 32 KiB.</summary>
    public int Window { get; init; } = 64;

    /// <summary>Octets asked for or written by one request. Default 32,768: what every server takes (draft-ietf-secsh-filexfer-02 section 3).</summary>
    public int BlockSize { get; init; } = 32_768;

    /// <summary>Most entries of a folder. Default 100,000.</summary>
    public int MaxEntries { get; init; } = 100_000;

    /// <summary>All faults at once; empty when the options are fit for use.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();

        // What begins with '-' would be an option of ssh, and ssh hands words to a shell when there is a jump host.
        if (!SafeName().IsMatch(Host)) faults.Add($"Host is '{Host}'; expected a host name or address");
        if (!SafeName().IsMatch(User)) faults.Add($"User is '{User}'; expected letters, digits, '.', '_' and '-', not '-' first");
        if (Port is < 1 or > 65535) faults.Add($"Port is {Port}; expected 1 to 65535");
        if (JumpHost is not null && !SafeJump().IsMatch(JumpHost)) faults.Add($"JumpHost is '{JumpHost}'; expected user@host or user@host:port");
        if (IdentityFile is not null && !IsSafePath(IdentityFile)) faults.Add($"IdentityFile is '{IdentityFile}'; expected an absolute path without quotes, blanks and '%'");
        if (!IsSafePath(KnownHostsFile)) faults.Add($"KnownHostsFile is '{KnownHostsFile}'; expected an absolute path without quotes, blanks and '%'");
        if (AgentSocket is not null && !IsSafePath(AgentSocket)) faults.Add($"AgentSocket is '{AgentSocket}'; expected an absolute path without quotes, blanks and '%'");
        if (ConnectTimeout <= TimeSpan.Zero || RequestTimeout <= TimeSpan.Zero || KeepAlive < TimeSpan.FromSeconds(1)) faults.Add("ConnectTimeout and RequestTimeout are above zero, KeepAlive is at least a second");
        if (Window is < 1 or > 1024) faults.Add($"Window is {Window}; expected 1 to 1024 requests");
        if (BlockSize is < 1024 or > 261_120) faults.Add($"BlockSize is {BlockSize}; expected 1024 to 261120 octets");
        if (MaxEntries < 1) faults.Add($"MaxEntries is {MaxEntries}; expected at least 1");
        return faults;
    }

    private static bool IsSafePath(string path) => Path.IsPathFullyQualified(path) && !path.AsSpan().ContainsAny(Unsafe);

    [GeneratedRegex(@"\A[A-Za-z0-9_\[][A-Za-z0-9._:\[\]-]{0,254}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SafeName();

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9._-]{0,63}@[A-Za-z0-9_][A-Za-z0-9._-]{0,254}(:[0-9]{1,5})?\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SafeJump();
}
