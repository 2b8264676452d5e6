using System.Security.Cryptography;
using ClosedLoop.Sftp.Tests.Support;
using ClosedLoop.Testing.Servers;

namespace ClosedLoop.Sftp.Tests;

/// <summary>Against OpenSSH's own server.</summary>
public sealed class RealServerTests : IAsyncLifetime
{
    private Sshd _server = null!;

    public async Task InitializeAsync()
    {
        if (Sshd.Program is not null) _server = await Sshd.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }

    [SshdFact]
    public async Task What_is_uploaded_comes_back_byte_for_byte()
    {
        await using var session = await SftpSession.ConnectAsync(_server.Options);
        foreach (var size in new[] { 0, 1, 32_767, 32_768, 32_769, 5_000_000 })
        {
            var content = RandomNumberGenerator.GetBytes(size);
            Assert.Equal(size, await session.UploadAsync("file", new MemoryStream(content), overwrite: true));

            Assert.Equal(content, await File.ReadAllBytesAsync(Path.Combine(_server.Home, "file")));
            using var back = new MemoryStream();
            Assert.Equal(size, await session.DownloadAsync("file", back));
            Assert.Equal(content, back.ToArray());
            Assert.Equal(size, (await session.FindAsync("file"))!.Value.Size);
        }
    }

    [SshdFact]
    public async Task Small_blocks_and_a_small_window_change_nothing()
    {
        await using var session = await SftpSession.ConnectAsync(_server.Options with { BlockSize = 1024, Window = 3 });
        var content = RandomNumberGenerator.GetBytes(100_001);

        await session.UploadAsync("file", new MemoryStream(content));

        using var back = new MemoryStream();
        await session.DownloadAsync("file", back);
        Assert.Equal(content, back.ToArray());
    }

    [SshdFact]
    public async Task Blocks_longer_than_the_server_gives_are_asked_for_again()
    {
        await using var session = await SftpSession.ConnectAsync(_server.Options with { BlockSize = 261_120 });
        var content = RandomNumberGenerator.GetBytes(3_000_000);
        await File.WriteAllBytesAsync(Path.Combine(_server.Home, "file"), content);

        using var back = new MemoryStream();
        await session.DownloadAsync("file", back);

        Assert.Equal(content, back.ToArray());
    }

    [SshdFact]
    public async Task Folders_of_thousands_are_listed_whole_up_to_the_limit()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_server.Home, "many"));
        for (var i = 0; i < 5_000; i++) File.Create(Path.Combine(folder.FullName, $"{i:00000}_ünï.csv")).Dispose();
        File.CreateSymbolicLink(Path.Combine(folder.FullName, "link"), "/etc/passwd");
        Directory.CreateDirectory(Path.Combine(folder.FullName, "sub"));
        await using var session = await SftpSession.ConnectAsync(_server.Options with { MaxEntries = 5_002 });

        var listing = await session.ListAsync("many");

        Assert.Equal(5_002, listing.Entries.Count);
        Assert.Empty(listing.Refused);
        Assert.Equal(5_000, listing.Entries.Count(entry => entry.Attributes.IsFile && entry.Name.EndsWith("_ünï.csv", StringComparison.Ordinal)));
        Assert.True(listing.Entries.Single(entry => entry.Name == "link").Attributes.IsLink);
        Assert.True(listing.Entries.Single(entry => entry.Name == "sub").Attributes.IsFolder);

        await using var smaller = await SftpSession.ConnectAsync(_server.Options with { MaxEntries = 5_001 });
        Assert.Equal(SftpError.LimitExceeded, (await Assert.ThrowsAsync<SftpException>(() => smaller.ListAsync("many"))).Error);
    }

    [SshdFact]
    public async Task A_rename_does_not_replace_and_a_replacement_does()
    {
        await using var session = await SftpSession.ConnectAsync(_server.Options);
        await session.UploadAsync("a", new MemoryStream("first"u8.ToArray()));
        await session.UploadAsync("b", new MemoryStream("second"u8.ToArray()));

        Assert.Equal(SftpError.Failure, (await Assert.ThrowsAsync<SftpException>(() => session.RenameAsync("a", "b"))).Error);
        Assert.Equal("second", await File.ReadAllTextAsync(Path.Combine(_server.Home, "b")));
        await session.ReplaceAsync("a", "b");

        Assert.Equal("first", await File.ReadAllTextAsync(Path.Combine(_server.Home, "b")));
        Assert.Null(await session.FindAsync("a"));
        Assert.Equal(SftpError.Failure, (await Assert.ThrowsAsync<SftpException>(() => session.UploadAsync("b", new MemoryStream()))).Error);
    }

    [SshdFact]
    public async Task Folders_are_made_and_removed_and_paths_resolved()
    {
        await using var session = await SftpSession.ConnectAsync(_server.Options);
        await session.MakeFolderAsync("new");

        Assert.Equal(Path.Combine(await session.ResolveAsync("."), "new"), await session.ResolveAsync("new/../new"));
        await session.RemoveFolderAsync("new");

        Assert.Null(await session.FindAsync("new"));
        Assert.Equal(SftpError.NotFound, (await Assert.ThrowsAsync<SftpException>(() => session.RemoveAsync("new"))).Error);
        Assert.Equal(SftpError.NotFound, (await Assert.ThrowsAsync<SftpException>(() => session.OpenReadAsync("new"))).Error);
        Assert.Equal(SftpError.NotFound, (await Assert.ThrowsAsync<SftpException>(() => session.ListAsync("new"))).Error);
    }

    [SshdFact]
    public async Task What_the_account_may_not_do_is_a_refusal_not_a_failure()
    {
        await using var readOnly = await Sshd.StartAsync("ForceCommand internal-sftp -R");
        await using var session = await SftpSession.ConnectAsync(readOnly.Options);

        var error = await Assert.ThrowsAsync<SftpException>(() => session.UploadAsync("x", new MemoryStream()));

        Assert.Equal(SftpError.PermissionDenied, error.Error);
        Assert.False(error.IsTemporary);
    }

    [SshdFact]
    public async Task Many_calls_at_once_get_their_own_answers()
    {
        await using var session = await SftpSession.ConnectAsync(_server.Options);
        for (var i = 0; i < 50; i++) await File.WriteAllBytesAsync(Path.Combine(_server.Home, $"f{i}"), new byte[i * 1000]);

        var sizes = await Task.WhenAll(Enumerable.Range(0, 500).Select(async i => (i % 50, (await session.FindAsync($"f{i % 50}"))!.Value.Size)));

        Assert.All(sizes, pair => Assert.Equal(pair.Item1 * 1000, pair.Size));
    }

    [SshdFact]
    public async Task A_changed_host_key_is_refused_loudly()
    {
        Sshd.Run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", Path.Combine(_server.Folder, "other"));
        _server.Trust("other.pub");

        var error = await Assert.ThrowsAsync<SftpException>(() => SftpSession.ConnectAsync(_server.Options));

        Assert.Equal(SftpError.HostKeyChanged, error.Error);
        Assert.Contains("CHANGED", error.Message, StringComparison.Ordinal);
        Assert.False(error.IsTemporary);
    }

    [SshdFact]
    public async Task An_unknown_host_is_refused_and_not_learnt()
    {
        await File.WriteAllTextAsync(_server.KnownHosts, "");

        Assert.Equal(SftpError.HostKeyUnknown, (await Assert.ThrowsAsync<SftpException>(() => SftpSession.ConnectAsync(_server.Options))).Error);
        Assert.Equal("", await File.ReadAllTextAsync(_server.KnownHosts));
    }

    [SshdFact]
    public async Task A_key_the_server_does_not_know_is_an_authentication_failure()
    {
        Sshd.Run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", Path.Combine(_server.Folder, "stranger"));

        var error = await Assert.ThrowsAsync<SftpException>(() => SftpSession.ConnectAsync(_server.Options with { IdentityFile = Path.Combine(_server.Folder, "stranger") }));

        Assert.Equal(SftpError.AuthenticationFailed, error.Error);
    }

    [SshdFact]
    public async Task A_port_where_nobody_listens_is_unreachable_and_temporary()
    {
        var options = _server.Options;
        await _server.KillAsync();

        var error = await Assert.ThrowsAsync<SftpException>(() => SftpSession.ConnectAsync(options));

        Assert.Equal(SftpError.Unreachable, error.Error);
        Assert.True(error.IsTemporary);
    }

    [SshdFact]
    public async Task A_server_that_dies_ends_the_session_and_what_was_under_way()
    {
        await using var session = await SftpSession.ConnectAsync(_server.Options);
        await session.UploadAsync("big", new MemoryStream(new byte[50_000_000]));
        var download = session.DownloadAsync("big", new SlowStream());

        await _server.KillAsync();

        Assert.Equal(SftpError.ConnectionLost, (await Assert.ThrowsAsync<SftpException>(() => download)).Error);
        Assert.Equal(SftpError.ConnectionLost, (await Assert.ThrowsAsync<SftpException>(() => session.ListAsync("."))).Error);
        Assert.False(session.IsOpen);
    }

    [SshdFact]
    public async Task A_silent_network_ends_in_a_time_out_and_everything_after_it_at_once()
    {
        using var proxy = new SilentProxy(_server.Port);
        _server.Trust("host.pub", proxy.Port);
        await using var session = await SftpSession.ConnectAsync(_server.Options with { Port = proxy.Port, RequestTimeout = TimeSpan.FromSeconds(1) });
        await session.ListAsync(".");
        proxy.FallSilent();

        Assert.Equal(SftpError.TimedOut, (await Assert.ThrowsAsync<SftpException>(() => session.ListAsync("."))).Error);
        Assert.Equal(SftpError.TimedOut, (await Assert.ThrowsAsync<SftpException>(() => session.UploadAsync("x", new MemoryStream(new byte[10_000_000])))).Error);
    }

    [SshdFact]
    public async Task A_server_silent_from_the_start_is_given_up_after_the_connect_time()
    {
        using var proxy = new SilentProxy(_server.Port);
        proxy.FallSilent();
        _server.Trust("host.pub", proxy.Port);

        var error = await Assert.ThrowsAsync<SftpException>(() => SftpSession.ConnectAsync(_server.Options with { Port = proxy.Port, ConnectTimeout = TimeSpan.FromSeconds(1) }));

        Assert.True(error.Error is SftpError.TimedOut or SftpError.Unreachable, error.ToString());
    }

    [SshdFact]
    public async Task A_jump_host_carries_the_session_and_is_checked_as_strictly()
    {
        await using var jump = await Sshd.StartAsync();
        var both = await File.ReadAllTextAsync(_server.KnownHosts) + await File.ReadAllTextAsync(jump.KnownHosts);
        await File.WriteAllTextAsync(_server.KnownHosts, both);
        File.Copy(Path.Combine(_server.Folder, "authorized_keys"), Path.Combine(jump.Folder, "authorized_keys"), overwrite: true);
        var options = _server.Options with { JumpHost = $"{Environment.UserName}@127.0.0.1:{jump.Port}" };

        await using (var session = await SftpSession.ConnectAsync(options))
        {
            await session.UploadAsync("through", new MemoryStream("x"u8.ToArray()));
            Assert.True(File.Exists(Path.Combine(_server.Home, "through")));
        }

        _server.Trust("host.pub");
        Assert.Equal(SftpError.HostKeyUnknown, (await Assert.ThrowsAsync<SftpException>(() => SftpSession.ConnectAsync(options))).Error);
    }

    [SshdFact]
    public async Task A_read_that_is_cancelled_breaks_the_stream_not_the_session()
    {
        await File.WriteAllBytesAsync(Path.Combine(_server.Home, "file"), new byte[1_000_000]);
        await using var session = await SftpSession.ConnectAsync(_server.Options);
        await using var stream = await session.OpenReadAsync("file");
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await stream.ReadExactlyAsync(new byte[10], cancelled.Token));
        await Assert.ThrowsAsync<SftpException>(async () => await stream.ReadExactlyAsync(new byte[10]));

        Assert.Single((await session.ListAsync(".")).Entries);
    }
}
