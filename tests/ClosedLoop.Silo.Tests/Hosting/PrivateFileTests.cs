using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Hosting;
using ClosedLoop.Silo.Operator;

namespace ClosedLoop.Silo.Tests.Hosting;

public sealed class PrivateFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("closedloop-private-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_command_that_reads_while_the_service_starts_finds_the_old_access_or_the_new_one()
    {
        var settings = new SiloSettings { Data = _folder };
        OperatorAccess.Create(settings).Write(settings);
        var writing = Task.Run(() =>
        {
            for (var i = 0; i < 200; i++) OperatorAccess.Create(settings).Write(settings);
        });

        while (!writing.IsCompleted) Assert.NotNull(OperatorAccess.Read(settings));
        await writing;
    }

    [Fact]
    public void What_a_crash_left_of_a_key_is_no_key()
    {
        File.WriteAllBytes(Path.Combine(_folder, ".signing-001.key.tmp"), [1, 2, 3]);

        SigningKeyFile.LoadOrCreate(_folder);

        Assert.Equal(32, new FileInfo(Assert.Single(Directory.GetFiles(_folder))).Length);
        SigningKeyFile.LoadOrCreate(_folder);
    }

    [Fact]
    public void Only_the_owner_may_read_it()
    {
        var path = Path.Combine(_folder, "secret");
        PrivateFile.Write(path, [1]);
        PrivateFile.Write(path, [2]);

        Assert.Equal([2], File.ReadAllBytes(path));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }
}
