using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Watching;

namespace ClosedLoop.Silo.Tests.Watching;

/// <summary>When the disk counts as nearly full.</summary>
public sealed class DiskRoomTests
{
    private const long Gigabyte = 1024L * 1024 * 1024;

    [Theory]
    [InlineData(2 * Gigabyte, 1000 * Gigabyte, true)] // 0.2 %, but as much as is always enough
    [InlineData((2 * Gigabyte) - 1, 1000 * Gigabyte, false)]
    [InlineData(Gigabyte, 10 * Gigabyte, true)] // 10 %
    [InlineData(Gigabyte - 1, 10 * Gigabyte, false)]
    [InlineData(0, 0, true)] // a file system that does not say
    public void Short_is_what_is_below_the_share_and_below_the_amount(long free, long size, bool enough)
    {
        var shortage = new DiskRoom(new SiloSettings()).Shortage(free, size);
        Assert.Equal(enough, shortage is null);
        if (!enough) Assert.StartsWith("CL3215: ", shortage, StringComparison.Ordinal);
    }

    [Fact]
    public void Zero_percent_turns_it_off() => Assert.Null(new DiskRoom(new SiloSettings { Watch = new WatchSettings { DiskFreePercent = 0 } }).Shortage(1, 100 * Gigabyte));

    [Fact]
    public async Task A_disk_without_room_is_an_alarm()
    {
        var settings = new SiloSettings { Data = Path.GetTempPath(), Watch = new WatchSettings { DiskFreePercent = 90, DiskFreeMegabytes = 1_000_000 } };
        var drive = new DriveInfo(Path.GetTempPath());
        var isShort = drive.AvailableFreeSpace * 100 < drive.TotalSize * 90 && drive.AvailableFreeSpace < 1_000_000L * 1024 * 1024;
        Assert.Equal(isShort, (await new DiskRoom(settings).LookAsync(0)).Found is [{ Cause: "disk-short" }]);
    }
}
