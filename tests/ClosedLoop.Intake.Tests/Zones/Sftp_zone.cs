using ClosedLoop.Intake.Tests.Files;
using ClosedLoop.Intake.Tests.Subscribers;
using ClosedLoop.Intake.Zones;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Files;
using ClosedLoop.Testing.Servers;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClosedLoop.Intake.Tests.Zones;

/// <summary>What holds for a zone on this machine holds for one behind a real sshd.</summary>
public sealed class Sftp_zone : IAsyncLifetime, IDisposable
{
    private const string Name = "20260302091000_subscribers.csv";
    private readonly TemporaryFolder _folder = new();
    private readonly List<SftpConnection> _connections = [];
    private Sshd _server = null!;

    public async Task InitializeAsync()
    {
        if (Sshd.Program is null) return;
        _server = await Sshd.StartAsync();
        foreach (var folder in new[] { "in", "processing", "archive", "error", "log" }) Directory.CreateDirectory(Path.Combine(_server.Home, "oak", folder));
    }

    public async Task DisposeAsync()
    {
        foreach (var connection in _connections) await connection.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    [SshdFact]
    public async Task Claim_is_a_rename_that_only_one_wins()
    {
        await WriteAsync("in", Name, "x");
        var (one, two) = (Zone("one"), Zone("two"));

        var claims = await Task.WhenAll(one.ClaimAsync(ZoneFolder.In, Name), two.ClaimAsync(ZoneFolder.In, Name));

        Assert.Equal(Name, Assert.Single(claims, claim => claim is not null)!.Name);
        Assert.Empty(await one.ListAsync(ZoneFolder.In));
        Assert.Equal((Name, 1L), Assert.Single(await one.ListAsync(ZoneFolder.Processing)) is var entry ? (entry.Name, entry.Size) : default);
        Assert.Null(await one.ClaimAsync(ZoneFolder.In, Name));
    }

    [SshdFact]
    public async Task A_product_file_is_claimed_from_a_folder_of_its_own()
    {
        const string Products = "20260302091000_products.csv";
        Assert.Empty(await Zone().ListAsync(ZoneFolder.Products));
        await WriteAsync("products", Products, "id\nP-1\n");

        Assert.Null(await Zone().ClaimAsync(ZoneFolder.In, Products));
        Assert.Equal(Products, (await Zone().ClaimAsync(ZoneFolder.Products, Products))!.Name);

        Assert.Equal(Products, Assert.Single(await Zone().ListAsync(ZoneFolder.Processing)).Name);
    }

    [SshdFact]
    public async Task An_earlier_file_of_the_name_in_processing_is_not_replaced()
    {
        await WriteAsync("processing", Name, "earlier");
        await WriteAsync("in", Name, "later");

        await Assert.ThrowsAnyAsync<IOException>(() => Zone().ClaimAsync(ZoneFolder.In, Name));

        Assert.Equal("earlier", await ReadAsync("processing", Name));
        Assert.Equal("later", await ReadAsync("in", Name));
    }

    [SshdFact]
    public async Task Names_with_a_path_in_them_are_refused()
    {
        foreach (var name in new[] { "../secret", "a/b", "..", "", "a\0b" })
        {
            await Assert.ThrowsAsync<ArgumentException>(() => Zone().ClaimAsync(ZoneFolder.In, name));
            await Assert.ThrowsAsync<ArgumentException>(() => Zone().PutAsync(ZoneFolder.Log, name, _ => { }));
        }
    }

    [SshdFact]
    public async Task Links_and_folders_are_neither_listed_nor_claimed_nor_opened()
    {
        var secret = Path.Combine(_server.Folder, "host");
        File.CreateSymbolicLink(Path.Combine(_server.Home, "oak", "in", Name), secret);
        File.CreateSymbolicLink(Path.Combine(_server.Home, "oak", "processing", Name), secret);
        Directory.CreateDirectory(Path.Combine(_server.Home, "oak", "in", "20260302091001_subscribers.csv"));
        var zone = Zone();

        Assert.Empty(await zone.ListAsync(ZoneFolder.In));
        Assert.Null(await zone.ClaimAsync(ZoneFolder.In, Name));
        Assert.Null(await zone.ClaimAsync(ZoneFolder.In, "20260302091001_subscribers.csv"));
        await Assert.ThrowsAsync<FileNotFoundException>(() => zone.OpenAsync(ZoneFolder.Processing, Name));
    }

    [SshdFact]
    public async Task A_written_file_appears_whole_replaces_its_predecessor_and_leaves_no_other_name()
    {
        var zone = Zone();
        await zone.PutAsync(ZoneFolder.Error, "x", s => s.Write("one"u8));
        await Assert.ThrowsAsync<InvalidOperationException>(() => zone.PutAsync(ZoneFolder.Error, "x", _ => throw new InvalidOperationException()));
        Assert.Equal("one", await ReadAsync("error", "x"));

        await zone.PutAsync(ZoneFolder.Error, "x", s => s.Write("two"u8));

        Assert.Equal("two", await ReadAsync("error", "x"));
        Assert.Single(Directory.GetFileSystemEntries(Path.Combine(_server.Home, "oak", "error")));
    }

    [SshdFact]
    public async Task A_folder_that_is_missing_is_made()
    {
        var zone = Zone();
        await zone.PutAsync(ZoneFolder.Out, "x.csv", s => s.Write("one"u8));
        Assert.Equal("one", await ReadAsync("out", "x.csv"));
        Directory.Delete(Path.Combine(_server.Home, "oak", "archive"));

        Assert.True(await zone.MoveAsync(ZoneFolder.Out, "x.csv", ZoneFolder.Archive, "y"));

        Assert.Equal("one", await ReadAsync("archive", "y"));
        Assert.False(await zone.MoveAsync(ZoneFolder.Out, "x.csv", ZoneFolder.Archive, "z"));
    }

    [SshdFact]
    public async Task A_claimed_file_is_fetched_once_and_a_later_one_of_its_name_again()
    {
        await WriteAsync("in", Name, "one");
        var zone = Zone();
        await zone.ClaimAsync(ZoneFolder.In, Name);
        Assert.Equal("one", await TextAsync(zone));
        Assert.Equal("one", await TextAsync(zone));
        Assert.True(await zone.MoveAsync(ZoneFolder.Processing, Name, ZoneFolder.Archive, Name));
        Assert.Empty(Directory.GetFiles(_folder.Of("transfer")));
        await WriteAsync("in", Name, "two");
        await zone.ClaimAsync(ZoneFolder.In, Name);

        Assert.Equal("two", await TextAsync(zone));
        await zone.DeleteAsync(ZoneFolder.Processing, Name);
        await zone.DeleteAsync(ZoneFolder.Processing, Name);
        Assert.False(await zone.ExistsAsync(ZoneFolder.Processing, Name));
    }

    [SshdFact]
    public async Task A_server_that_is_gone_makes_the_zone_unavailable_and_a_new_session_goes_on()
    {
        await WriteAsync("in", Name, "one");
        var zone = Zone();
        await zone.ClaimAsync(ZoneFolder.In, Name);
        await _server.KillAsync();

        await Assert.ThrowsAsync<ZoneUnavailableException>(() => zone.OpenAsync(ZoneFolder.Processing, Name));
        await Assert.ThrowsAsync<ZoneUnavailableException>(() => zone.ListAsync(ZoneFolder.In));
        await _server.RestartAsync();

        Assert.Equal("one", await TextAsync(zone));
    }

    [SshdFact]
    public async Task A_changed_host_key_is_no_fault_of_any_file()
    {
        Sshd.Run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", Path.Combine(_server.Folder, "other"));
        _server.Trust("other.pub");

        var error = await Assert.ThrowsAsync<ZoneUnavailableException>(() => Zone().ListAsync(ZoneFolder.In));

        Assert.Contains("HostKeyChanged", error.Message, StringComparison.Ordinal);
    }

    [SshdFact]
    public async Task A_file_is_taken_in_from_the_server_with_all_its_reports()
    {
        await using var intake = await IntakeHarness.CreateAsync();
        intake.Zone = Zone();
        await WriteAsync("in", IntakeHarness.Name, string.Concat(Enumerable.Range(0, 500).Select(i => Given.Row($"reader.{i}@example.org"))));

        var file = await intake.TakeInAsync();

        Assert.Equal(FileState.Archived, file.State);
        Assert.Equal(500, file.Imported);
        Assert.Equal([IntakeHarness.Name], Directory.GetFiles(Path.Combine(_server.Home, "oak", "archive")).Select(Path.GetFileName));
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(_server.Home, "oak", "log")));
        Assert.Empty(Directory.GetFiles(Path.Combine(_server.Home, "oak", "processing")));
    }

    private SftpZone Zone(string transfer = "transfer")
    {
        var client = new ClientDefinition
        {
            Id = 1,
            Key = "oak",
            Sender = new() { Address = "a@example.org" },
            Sftp = new() { Host = "127.0.0.1", Port = _server.Port, User = Environment.UserName, IdentityFile = _server.IdentityFile, KnownHostsFile = _server.KnownHosts, Root = "oak", TimeoutSeconds = 20 },
        };
        var connection = new SftpConnection(SftpZone.OptionsOf(client.Sftp), TimeProvider.System);
        _connections.Add(connection);
        return new SftpZone(connection, client, _folder.Of(transfer), NullLogger<SftpZone>.Instance);
    }

    private Task WriteAsync(string folder, string name, string text) => File.WriteAllTextAsync(Path.Combine(_server.Home, "oak", folder, name), text);

    private Task<string> ReadAsync(string folder, string name) => File.ReadAllTextAsync(Path.Combine(_server.Home, "oak", folder, name));

    private static async Task<string> TextAsync(SftpZone zone)
    {
        using var reader = new StreamReader(await zone.OpenAsync(ZoneFolder.Processing, Name));
        return await reader.ReadToEndAsync();
    }
}
