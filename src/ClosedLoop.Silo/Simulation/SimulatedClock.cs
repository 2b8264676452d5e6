using System.Net;
using ClosedLoop.Delivery;
using ClosedLoop.Silo.Commands;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Simulation;

/// <summary>
/// The wall clock of a rehearsal's own service. It stands still until it is set, so that whatever happens at one moment is written down with that moment, however long the machine took.
/// Timers, timeouts and measured spans are those of the machine: the service works as it always does, and only its times are the scenario's.
/// </summary>
internal sealed class SimulatedClock : TimeProvider
{
    private readonly string _folder;
    private long _ticks;
    private long _released;

    private SimulatedClock(string folder, DateTimeOffset start) => (_folder, _ticks) = (Path.GetFullPath(folder), start.UtcTicks);

    /// <summary>A clock for a service whose data folder is that one, and for no other.</summary>
    /// <exception cref="CommandException">CL9690: there is something in the folder. An installation must never get another clock than the world's.</exception>
    public static SimulatedClock For(string folder, DateTimeOffset start) => !Directory.Exists(folder) || Directory.EnumerateFileSystemEntries(folder).Any()
        ? throw new CommandException(ExitCode.Refused, $"CL9690: {folder} is not an empty folder; a simulated clock is for a service that has nothing yet.")
        : new SimulatedClock(folder, start);

    public override DateTimeOffset GetUtcNow()
    {
        var since = Interlocked.Read(ref _released);
        return new DateTimeOffset(Interlocked.Read(ref _ticks), TimeSpan.Zero) + (since == 0 ? TimeSpan.Zero : GetElapsedTime(since));
    }

    /// <summary>Goes on to a moment; one that is past leaves the clock as it is.</summary>
    public void Set(DateTimeOffset moment)
    {
        if (moment.UtcTicks > Interlocked.Read(ref _ticks)) Interlocked.Exchange(ref _ticks, moment.UtcTicks);
    }

    /// <summary>Lets the time pass from here on as it does on the machine.</summary>
    public void Release() => Interlocked.Exchange(ref _released, GetTimestamp());

    /// <summary>Refuses every service but the rehearsal's own; asked before anything of the service is started.</summary>
    /// <exception cref="CommandException">CL9690; exit code 8.</exception>
    public void Require(SiloSettings settings)
    {
        if (Path.GetFullPath(settings.DataPath) == _folder && settings.Delivery.Mode == DeliveryMode.Sink && settings.Sink.Embedded && IPAddress.TryParse(settings.Sink.Host, out var sink) && IPAddress.IsLoopback(sink)) return;
        throw new CommandException(ExitCode.Refused, "CL9690: a simulated clock is for the temporary service of closedloop simulate, in its own folder, in mode Sink with its own sink on a loopback address; nothing was started.");
    }
}
