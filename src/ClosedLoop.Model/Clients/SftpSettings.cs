namespace ClosedLoop.Model.Clients;

/// <summary>An SFTP server that holds the client's folders. Nothing but a key on record is believed, and nothing but a key logs in.</summary>
public sealed record SftpSettings
{
    /// <summary>Host name or address; <c>null</c> leaves the folders on this machine.</summary>
    public string? Host { get; init; }

    public int Port { get; init; } = 22;

    public string? User { get; init; }

    /// <summary>Absolute path of the private key; <c>null</c> asks the agent.</summary>
    public string? IdentityFile { get; init; }

    /// <summary>Absolute path of the file with the server's host key, in the form of OpenSSH's known_hosts.</summary>
    public string? KnownHostsFile { get; init; }

    /// <summary><c>user@host:port</c> to go through.</summary>
    public string? JumpHost { get; init; }

    /// <summary>Account root on the server, below which the folders are; relative to where a session starts.</summary>
    public string Root { get; init; } = ".";

    /// <summary>Seconds after which a request without an answer ends the session.</summary>
    public int TimeoutSeconds { get; init; } = 60;
}
