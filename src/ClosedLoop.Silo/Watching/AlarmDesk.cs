using System.Globalization;
using ClosedLoop.Data.Alarms;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Notices;

namespace ClosedLoop.Silo.Watching;

/// <summary>Raises and takes back alarms: in the database for <c>status</c>, in the log, and by mail to those who want to know of problems.</summary>
internal sealed partial class AlarmDesk(AlarmStore store, DefinitionStore definitions, ILogger<AlarmDesk> logger)
{
    /// <summary>Whether a scope has raised anything that was not taken back.</summary>
    public bool Has(string scope) => store.All(scope).Count > 0;

    /// <summary>Alarms of a scope, with the time since when.</summary>
    public IReadOnlyList<Alarm> Of(string scope) => store.All(scope);

    /// <summary>Makes a scope's alarms those found now.</summary>
    public async Task ReplaceAsync(string scope, IReadOnlyList<Alarm> found, long looked)
    {
        var change = await store.ReplaceAsync(scope, found, looked, alarm => Notices(scope, alarm));
        foreach (var alarm in change.Raised)
        {
            if (scope == BalanceWatch.Scope) LogBalance(alarm.Message);
            else LogRaised(alarm.Subject, alarm.Cause, alarm.Message);
        }

        foreach (var alarm in change.Cleared) LogCleared(alarm.Subject, alarm.Cause);
    }

    /// <summary>To the client's people; what concerns the whole installation goes to those of every client, each address once.</summary>
    private IEnumerable<NewNotice> Notices(string scope, Alarm alarm)
    {
        var told = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var client in definitions.Clients().Select(client => client.Value))
        {
            if (alarm.ClientId is { } id && id != client.Id) continue;
            var addresses = client.Notify.AlarmsTo().Where(told.Add).ToList();
            if (addresses.Count == 0) continue;
            yield return new NewNotice(
                string.Create(CultureInfo.InvariantCulture, $"alarm/{scope}/{alarm.Subject}/{alarm.Cause}/{alarm.Since}"), client.Id, addresses,
                $"[closed-loop] ALARM {alarm.Subject} {alarm.Cause}",
                $"{alarm.Message}\n\nsubject: {alarm.Subject}\ncause: {alarm.Cause}\nThis is told once. closedloop status shows what is wrong now.\n");
        }
    }

    [LoggerMessage(6111, LogLevel.Critical, "{Message}")]
    private partial void LogBalance(string message);

    [LoggerMessage(6112, LogLevel.Error, "alarm {Subject} {Cause}: {Message}")]
    private partial void LogRaised(string subject, string cause, string message);

    [LoggerMessage(6113, LogLevel.Information, "alarm {Subject} {Cause} is over")]
    private partial void LogCleared(string subject, string cause);
}
