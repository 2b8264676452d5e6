using ClosedLoop.Intake.Zones;

namespace ClosedLoop.Intake.Tests.Zones;

public sealed class Local_folder_zone : IDisposable
{
    private const string Name = "20260302091000_subscribers.csv";
    private readonly TemporaryFolder _folder = new();
    private readonly LocalFolderZone _zone;

    public Local_folder_zone() => _zone = new LocalFolderZone(_folder.Of("acme"), new());

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Claim_is_a_rename_that_only_one_wins()
    {
        await File.WriteAllTextAsync(_folder.Of("acme", "in", Name), "x");
        var second = new LocalFolderZone(_folder.Of("acme"), new());
        Assert.Equal((Name, 1L), Pair(await _zone.ClaimAsync(ZoneFolder.In, Name)));
        Assert.Null(await second.ClaimAsync(ZoneFolder.In, Name));
        Assert.Empty(await _zone.ListAsync(ZoneFolder.In));
        Assert.Equal(Name, Assert.Single(await _zone.ListAsync(ZoneFolder.Processing)).Name);
    }

    [Theory]
    [InlineData("../secret")]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("a\0b")]
    public async Task Name_with_a_path_in_it_is_refused(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => _zone.ClaimAsync(ZoneFolder.In, name));
        await Assert.ThrowsAsync<ArgumentException>(() => _zone.PutAsync(ZoneFolder.Log, name, _ => { }));
    }

    [Fact]
    public async Task Links_and_folders_are_neither_listed_nor_claimed_nor_opened()
    {
        await File.WriteAllTextAsync(_folder.Of("secret"), "secret");
        File.CreateSymbolicLink(_folder.Of("acme", "in", Name), _folder.Of("secret"));
        File.CreateSymbolicLink(_folder.Of("acme", "processing", Name), _folder.Of("secret"));
        Directory.CreateDirectory(_folder.Of("acme", "in", "20260302091001_subscribers.csv"));
        Assert.Empty(await _zone.ListAsync(ZoneFolder.In));
        Assert.Null(await _zone.ClaimAsync(ZoneFolder.In, Name));
        Assert.Null(await _zone.ClaimAsync(ZoneFolder.In, "20260302091001_subscribers.csv"));
        await Assert.ThrowsAsync<FileNotFoundException>(() => _zone.OpenAsync(ZoneFolder.Processing, Name));
    }

    [Fact]
    public async Task Listing_is_in_the_order_of_names()
    {
        foreach (var name in new[] { "b", "a", "C" }) await File.WriteAllTextAsync(_folder.Of("acme", "in", name), name);
        Assert.Equal(["C", "a", "b"], (await _zone.ListAsync(ZoneFolder.In)).Select(e => e.Name));
    }

    [Fact]
    public async Task Written_file_appears_whole_and_replaces_its_predecessor()
    {
        await _zone.PutAsync(ZoneFolder.Error, "x", s => s.Write("one"u8));
        await Assert.ThrowsAsync<InvalidOperationException>(() => _zone.PutAsync(ZoneFolder.Error, "x", Break));
        Assert.Equal("one", await File.ReadAllTextAsync(_folder.Of("acme", "error", "x")));
        await _zone.PutAsync(ZoneFolder.Error, "x", s => s.Write("two"u8));
        Assert.Equal("two", await File.ReadAllTextAsync(_folder.Of("acme", "error", "x")));

        static void Break(Stream stream)
        {
            stream.Write("torn"u8);
            throw new InvalidOperationException();
        }
    }

    [Fact]
    public async Task Move_never_replaces_a_file()
    {
        await _zone.PutAsync(ZoneFolder.Error, "x", s => s.Write("one"u8));
        await _zone.PutAsync(ZoneFolder.Archive, "x", s => s.Write("two"u8));
        await Assert.ThrowsAsync<IOException>(() => _zone.MoveAsync(ZoneFolder.Error, "x", ZoneFolder.Archive, "x"));
        Assert.True(await _zone.MoveAsync(ZoneFolder.Error, "x", ZoneFolder.Archive, "y"));
        Assert.False(await _zone.MoveAsync(ZoneFolder.Error, "x", ZoneFolder.Archive, "z"));
    }

    private static (string, long) Pair(ZoneEntry? entry) => (entry!.Name, entry.Size);
}
