using System.Diagnostics;
using ClosedLoop.Testing.Servers;

namespace ClosedLoop.Sftp.Tests;

/// <summary>What deploy/sftp hands out is what sshd takes.</summary>
public sealed class DeployedServerTests
{
    [SshdFact]
    public async Task The_configuration_is_accepted_and_shuts_accounts_in()
    {
        var account = Environment.UserName;
        var snippet = await File.ReadAllTextAsync(Repository.PathOf("deploy", "sftp", "closedloop.conf"));
        Assert.Contains("Match Group closedloop-clients", snippet, StringComparison.Ordinal);
        snippet = snippet.Replace("Match Group closedloop-clients", $"Match User {account}", StringComparison.Ordinal);

        // StartAsync fails when sshd refuses the configuration. A Match block goes last, so the settings of the test come before it.
        await using var server = await Sshd.StartAsync(after: snippet);
        var effective = Effective(server, $"user={account},host=x,addr=192.0.2.1");

        Assert.Contains("authenticationmethods publickey", effective, StringComparison.Ordinal);
        Assert.Contains("allowtcpforwarding no", effective, StringComparison.Ordinal);
        Assert.Contains("permittty no", effective, StringComparison.Ordinal);
    }

    [Fact]
    public void The_account_script_refuses_what_is_no_client_key()
    {
        foreach (var key in new[] { "", "../etc", "Oak", "-oak", "a b" })
        {
            using var process = Process.Start(new ProcessStartInfo("sh", [Repository.PathOf("deploy", "sftp", "add-client.sh"), key, "/dev/null"]) { RedirectStandardError = true, UseShellExecute = false })!;
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.Equal(2, process.ExitCode);
            Assert.Contains("is no client key", error, StringComparison.Ordinal);
        }
    }

    private static string Effective(Sshd server, string who)
    {
        using var process = Process.Start(new ProcessStartInfo(Sshd.Program!, ["-T", "-f", server.Configuration, "-C", who]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return text;
    }
}
