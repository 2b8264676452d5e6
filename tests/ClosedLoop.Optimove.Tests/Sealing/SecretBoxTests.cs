using ClosedLoop.Optimove.Secrets;

namespace ClosedLoop.Optimove.Tests.Sealing;

/// <summary>Secrets in the database.</summary>
public sealed class SecretBoxTests
{
    [Fact]
    public void A_secret_comes_back_and_looks_different_each_time()
    {
        var box = new SecretBox(new byte[32]);
        Assert.Equal("key", box.Unseal(box.Seal("key")));
        Assert.NotEqual(box.Seal("key"), box.Seal("key"));
    }

    [Fact]
    public void Another_key_or_a_changed_octet_opens_nothing()
    {
        var box = new SecretBox(new byte[32]);
        var sealedBox = box.Seal("key");
        Assert.Contains("CL9001", Assert.Throws<InvalidDataException>(() => new SecretBox([.. Enumerable.Repeat((byte)1, 32)]).Unseal(sealedBox)).Message, StringComparison.Ordinal);
        sealedBox[^1] ^= 1;
        Assert.Throws<InvalidDataException>(() => box.Unseal(sealedBox));
        Assert.Throws<InvalidDataException>(() => box.Unseal([1, 2, 3]));
    }

    [Fact]
    public void The_key_file_is_made_once_and_for_its_owner_only()
    {
        var folder = Directory.CreateTempSubdirectory("closedloop-seal-");
        try
        {
            var path = Path.Combine(folder.FullName, "keys", "optimove.key");
            var sealedBox = SecretBox.Open(path).Seal("key");
            Assert.Equal("key", SecretBox.Open(path).Unseal(sealedBox));
            if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            Assert.Single(Directory.EnumerateFiles(Path.GetDirectoryName(path)!));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
