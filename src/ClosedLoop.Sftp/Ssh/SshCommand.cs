using System.Globalization;

namespace ClosedLoop.Sftp.Ssh;

/// <summary>The command line of the OpenSSH client. No configuration file is read, so that nothing of the account it runs under weakens it.</summary>
internal static class SshCommand
{
    public static List<string> Of(SftpOptions options)
    {
        var arguments = Common(options);
        if (options.JumpHost is { } jump)
        {
            // Spelt out instead of -J, which would not hand these options on: the jump host's key is checked just as strictly.
            var at = jump.LastIndexOf(':');
            var (host, port) = at < 0 ? (jump, "22") : (jump[..at], jump[(at + 1)..]);
            var proxy = string.Join(' ', Common(options).Prepend(options.SshProgram).Concat(["-p", port, "-W", "[%h]:%p", "--", host]));
            arguments.AddRange(["-o", "ProxyCommand=" + proxy]);
        }

        arguments.AddRange(["-p", options.Port.ToString(CultureInfo.InvariantCulture), "-l", options.User, "-s", "--", options.Host.Trim('[', ']'), "sftp"]);
        return arguments;
    }

    private static List<string> Common(SftpOptions options)
    {
        List<string> arguments =
        [
            "-F", "/dev/null", "-x", "-a", "-T",
            "-o", "BatchMode=yes",
            "-o", "StrictHostKeyChecking=yes",
            "-o", "UpdateHostKeys=no",
            "-o", "UserKnownHostsFile=" + options.KnownHostsFile,
            "-o", "GlobalKnownHostsFile=/dev/null",
            "-o", "PasswordAuthentication=no",
            "-o", "KbdInteractiveAuthentication=no",
            "-o", "PermitLocalCommand=no",
            "-o", "ClearAllForwardings=yes",
            "-o", "ControlPath=none",
            "-o", "LogLevel=ERROR",
            "-o", string.Create(CultureInfo.InvariantCulture, $"ConnectTimeout={Math.Max(1, (int)options.ConnectTimeout.TotalSeconds)}"),
            "-o", string.Create(CultureInfo.InvariantCulture, $"ServerAliveInterval={(int)options.KeepAlive.TotalSeconds}"),
            "-o", "ServerAliveCountMax=3",
        ];
        if (options.IdentityFile is { } identity) arguments.AddRange(["-i", identity, "-o", "IdentitiesOnly=yes"]);
        if (options.AgentSocket is { } agent) arguments.AddRange(["-o", "IdentityAgent=" + agent]);
        return arguments;
    }
}
