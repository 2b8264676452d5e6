using System.Globalization;
using ClosedLoop.Data.Alarms;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Watching;

/// <summary>Mail to people that nobody takes. It is seen in the log and in <c>status</c>, since a mail about it would wait, too.</summary>
internal sealed class NoticeStandstill(PulseReader reader, SiloSettings settings) : IWatch
{
    public string Scope => "notices";

    public Task<WatchLook> LookAsync(long now)
    {
        var (count, reason) = reader.NoticesBefore(now - (settings.Watch.NoticeSeconds * WatchText.Second));
        return Task.FromResult(new WatchLook(1, count == 0 ? [] :
        [
            new Alarm("notices", "notices-waiting", ClientId: null, string.Create(CultureInfo.InvariantCulture,
                $"CL3214: {count} mails to people wait to be taken by the relay: {reason ?? "not tried yet"}")),
        ]));
    }
}
