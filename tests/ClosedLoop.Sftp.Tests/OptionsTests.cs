using ClosedLoop.Sftp.Ssh;

namespace ClosedLoop.Sftp.Tests;

public sealed class OptionsTests
{
    private static readonly SftpOptions Good = new() { Host = "sftp.example.com", User = "oak", KnownHostsFile = "/etc/closedloop/known_hosts", IdentityFile = "/etc/closedloop/key" };

    public static TheoryData<string, SftpOptions> Faulty() => new()
    {
        { "Host", Good with { Host = "-oProxyCommand=touch /tmp/x" } },
        { "Host", Good with { Host = "a b" } },
        { "Host", Good with { Host = "" } },
        { "User", Good with { User = "-l" } },
        { "User", Good with { User = "a;b" } },
        { "Port", Good with { Port = 0 } },
        { "JumpHost", Good with { JumpHost = "x@y;touch" } },
        { "JumpHost", Good with { JumpHost = "-oX@y" } },
        { "IdentityFile", Good with { IdentityFile = "/a b" } },
        { "IdentityFile", Good with { IdentityFile = "relative" } },
        { "KnownHostsFile", Good with { KnownHostsFile = "/a\"b" } },
        { "KnownHostsFile", Good with { KnownHostsFile = "/a%h" } },
        { "AgentSocket", Good with { AgentSocket = "/a$b" } },
        { "ConnectTimeout", Good with { ConnectTimeout = TimeSpan.Zero } },
        { "Window", Good with { Window = 0 } },
        { "Window", Good with { Window = 1025 } },
        { "BlockSize", Good with { BlockSize = 1023 } },
        { "BlockSize", Good with { BlockSize = 261_121 } },
        { "MaxEntries", Good with { MaxEntries = 0 } },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public async Task What_cannot_be_is_named_and_nothing_is_started(string name, SftpOptions options)
    {
        Assert.StartsWith(name, Assert.Single(options.Validate()), StringComparison.Ordinal);
        Assert.Equal(SftpError.InvalidArgument, (await Assert.ThrowsAsync<SftpException>(() => SftpSession.ConnectAsync(options))).Error);
    }

    [Fact]
    public void Good_options_and_the_limits_themselves_pass()
    {
        Assert.Empty(Good.Validate());
        Assert.Empty((Good with { Host = "[2001:db8::1]", JumpHost = "a@b.example:2222", Window = 1024, BlockSize = 261_120, Port = 65535 }).Validate());
    }

    [Fact]
    public void Only_keys_on_record_are_believed_and_no_configuration_of_the_account_is_read()
    {
        var command = SshCommand.Of(Good with { JumpHost = "a@b.example" });

        Assert.Equal(["-F", "/dev/null"], command.Take(2));
        Assert.Contains("StrictHostKeyChecking=yes", command);
        Assert.Contains("BatchMode=yes", command);
        Assert.Contains("UserKnownHostsFile=/etc/closedloop/known_hosts", command);
        var proxy = Assert.Single(command, argument => argument.StartsWith("ProxyCommand=", StringComparison.Ordinal));
        Assert.Contains("StrictHostKeyChecking=yes", proxy, StringComparison.Ordinal);
        Assert.Equal(["-s", "--", "sftp.example.com", "sftp"], command.TakeLast(4));
    }

    [Fact]
    public async Task A_client_that_is_not_installed_is_said_to_be_missing()
    {
        var error = await Assert.ThrowsAsync<SftpException>(() => SftpSession.ConnectAsync(Good with { SshProgram = "/nowhere/ssh" }));

        Assert.Contains("openssh-client", error.Message, StringComparison.Ordinal);
    }
}
