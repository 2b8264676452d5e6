namespace ClosedLoop.Sftp.Ssh;

/// <summary>Reads what the OpenSSH client said before it gave up. Its exit code is 255 for everything, so the text is all there is.</summary>
internal static class SshComplaint
{
    private static readonly (string Text, SftpError Error)[] Known =
    [
        // Order matters: a changed key is followed by "Host key verification failed", which an unknown one says as well.
        ("REMOTE HOST IDENTIFICATION HAS CHANGED", SftpError.HostKeyChanged),
        ("differs from the key for the IP address", SftpError.HostKeyChanged),
        ("REVOKED HOST KEY", SftpError.HostKeyChanged),
        ("host key is known for", SftpError.HostKeyUnknown),
        ("Host key verification failed", SftpError.HostKeyUnknown),
        ("Permission denied", SftpError.AuthenticationFailed),
        ("Too many authentication failures", SftpError.AuthenticationFailed),
        ("UNPROTECTED PRIVATE KEY FILE", SftpError.AuthenticationFailed),
        ("Could not resolve hostname", SftpError.Unreachable),
        ("Name or service not known", SftpError.Unreachable),
        ("Connection refused", SftpError.Unreachable),
        ("Connection timed out", SftpError.Unreachable),
        ("No route to host", SftpError.Unreachable),
        ("Network is unreachable", SftpError.Unreachable),
        ("subsystem request failed", SftpError.Protocol),
    ];

    public static SftpError Read(string text)
    {
        foreach (var (part, error) in Known)
        {
            if (text.Contains(part, StringComparison.OrdinalIgnoreCase)) return error;
        }

        return SftpError.ConnectionLost;
    }
}
