using System.Globalization;
using ClosedLoop.Data.Alarms;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Watching;

/// <summary>Opens and clicks that lie in the spool and do not get into the database.</summary>
/// <param name="behind">Bytes of events that are not stored yet.</param>
/// <param name="place">How far the spool is stored.</param>
/// <param name="settings">Thresholds.</param>
/// <param name="silo">Which silo's spool; <c>null</c> where there is one.</param>
internal sealed class SpoolStandstill(Func<long> behind, Func<string> place, SiloSettings settings, string? silo = null) : IWatch
{
    private readonly Stillness _stillness = new();

    public string Scope { get; } = silo is null ? "spool" : $"spool/{silo}";

    public Task<WatchLook> LookAsync(long now)
    {
        if (behind() is var bytes && bytes == 0)
        {
            _stillness.Forget(Scope);
            return Task.FromResult(new WatchLook(1, []));
        }

        var since = _stillness.Since(Scope, place(), now);
        return Task.FromResult(new WatchLook(1, now - since <= settings.Watch.SpoolSeconds * WatchText.Second ? [] :
        [
            new Alarm(Scope, "spool-undrained", ClientId: null, string.Create(CultureInfo.InvariantCulture,
                $"CL3213: {bytes} bytes of opens and clicks lie in spool/ and are not stored {WatchText.Since(since)}; event 4301 of the log says why")),
        ]));
    }
}
