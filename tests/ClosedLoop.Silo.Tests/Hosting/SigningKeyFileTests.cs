using ClosedLoop.Silo.Hosting;
using ClosedLoop.Silo.Tests.Support;

namespace ClosedLoop.Silo.Tests.Hosting;

public sealed class SigningKeyFileTests
{
    [Fact]
    public async Task Silos_that_share_the_folder_and_start_together_have_one_key()
    {
        using var folder = new TempFolder();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => SigningKeyFile.LoadOrCreate(folder.Path))));
        Assert.Single(Directory.GetFiles(folder.Path, "signing-*.key"));
    }
}
