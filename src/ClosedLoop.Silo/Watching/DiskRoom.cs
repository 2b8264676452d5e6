using System.Globalization;
using ClosedLoop.Data.Alarms;
using ClosedLoop.Intake.Zones;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Watching;

/// <summary>
/// Room on the disk of the data folder. Intake stops before the disk is full, so that what is taken in can still be sent, tracked and exported. A share alone would stop
/// a big disk with room for years, an amount alone would not protect a small one: short is what is below both.
/// </summary>
internal sealed class DiskRoom(SiloSettings settings) : IIntakeRoom, IWatch
{
    private const long Megabyte = 1024 * 1024;

    public string Scope => "disk";

    public string? Shortage()
    {
        try
        {
            var drive = new DriveInfo(Path.GetFullPath(settings.Data));
            return Shortage(drive.AvailableFreeSpace, drive.TotalSize);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Who cannot ask how much is left finds out by writing, as everybody else does.
            return null;
        }
    }

    /// <summary>The same of a disk that is told about.</summary>
    /// <param name="free">Octets the service may still write.</param>
    /// <param name="size">Octets of the disk.</param>
    public string? Shortage(long free, long size)
    {
        var watch = settings.Watch;
        return free * 100 >= size * (long)watch.DiskFreePercent || free >= watch.DiskFreeMegabytes * Megabyte ? null : string.Create(CultureInfo.InvariantCulture,
            $"CL3215: {free / Megabyte} of {size / Megabyte} MB are free on the disk of {settings.Data}; files are taken in again at {watch.DiskFreePercent} % or {watch.DiskFreeMegabytes} MB");
    }

    public Task<WatchLook> LookAsync(long now) => Task.FromResult(new WatchLook(1, Shortage() is { } shortage ? [new Alarm(Scope, "disk-short", ClientId: null, shortage)] : []));
}
