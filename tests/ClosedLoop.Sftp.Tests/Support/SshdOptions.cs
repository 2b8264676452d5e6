using ClosedLoop.Testing.Servers;

namespace ClosedLoop.Sftp.Tests.Support;

/// <summary>How a test reaches its server.</summary>
internal static class SshdOptions
{
    extension(Sshd server)
    {
        public SftpOptions Options => new()
        {
            Host = "127.0.0.1",
            Port = server.Port,
            User = Environment.UserName,
            IdentityFile = server.IdentityFile,
            KnownHostsFile = server.KnownHosts,
            ConnectTimeout = TimeSpan.FromSeconds(20),
            RequestTimeout = TimeSpan.FromSeconds(20),
        };
    }
}
