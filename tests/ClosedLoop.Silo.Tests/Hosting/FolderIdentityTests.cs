using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Hosting;
using ClosedLoop.Silo.Tests.Support;

namespace ClosedLoop.Silo.Tests.Hosting;

public sealed class FolderIdentityTests
{
    [Fact]
    public void A_new_folder_gets_a_spool_of_its_own_and_keeps_it_also_alone()
    {
        using var folder = new TempFolder();
        var settings = new SiloSettings { Data = folder.Path };
        Assert.Equal("events", FolderIdentity.SpoolOf(FolderIdentity.Read(settings)));
        var identity = FolderIdentity.Take(settings);
        Assert.Equal(identity, FolderIdentity.Take(settings));
        Assert.Equal("events/" + identity, FolderIdentity.SpoolOf(FolderIdentity.Read(settings)));
    }

    [Fact]
    public void A_folder_that_was_used_alone_keeps_its_spools_name()
    {
        using var folder = new TempFolder();
        var settings = new SiloSettings { Data = folder.Path };
        Directory.CreateDirectory(settings.SpoolPath);
        File.WriteAllText(Path.Combine(settings.SpoolPath, "0001"), "");
        Assert.Equal("events", FolderIdentity.SpoolOf(FolderIdentity.Take(settings)));
    }
}
