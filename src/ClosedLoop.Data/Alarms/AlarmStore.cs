using System.Data.Common;
using ClosedLoop.Data.Notices;
using ClosedLoop.Model;

namespace ClosedLoop.Data.Alarms;

/// <summary>What is wrong now, kept over restarts, so that it is told of once however often it is found.</summary>
public sealed class AlarmStore(Database database, LedgerWriter writer, TimeProvider time)
{
    /// <summary>Every alarm, or those of one scope, oldest first.</summary>
    public IReadOnlyList<Alarm> All(string? scope = null)
    {
        using var connection = database.OpenRead();
        return Read(connection, scope);
    }

    /// <summary>Newest run of each check.</summary>
    public IReadOnlyList<CheckRun> Checks()
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT name, checked_at, looked, found FROM check_run ORDER BY name");
        using var reader = statement.Query();
        var runs = new List<CheckRun>();
        while (reader.Read()) runs.Add(new(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3)));
        return runs;
    }

    /// <summary>
    /// Makes a scope's alarms those of the newest look: new ones are told of in the same transaction, those that are over go.
    /// </summary>
    /// <param name="scope">The check.</param>
    /// <param name="found">Everything that is wrong now.</param>
    /// <param name="looked">How many things were looked at.</param>
    /// <param name="notices">Mails for a new alarm.</param>
    public Task<AlarmChange> ReplaceAsync(string scope, IReadOnlyList<Alarm> found, long looked, Func<Alarm, IEnumerable<NewNotice>> notices)
    {
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(notices);
        var now = time.NowMicroseconds();
        return writer.WriteAsync(context =>
        {
            var known = Read(context.Connection, scope);
            List<Alarm> raised = [];
            foreach (var alarm in found.Where(alarm => !known.Any(other => Same(alarm, other))))
            {
                var since = alarm with { Since = now };
                raised.Add(since);
                foreach (var notice in notices(since)) NoticeStore.Add(context, notice, now);
            }

            foreach (var alarm in found)
            {
                context.Execute(
                    """
                    INSERT INTO alarm (scope, subject, cause, client_id, message, since) VALUES ($1, $2, $3, $4, $5, $6)
                    ON CONFLICT (scope, subject, cause) DO UPDATE SET message = excluded.message
                    """, scope, alarm.Subject, alarm.Cause, alarm.ClientId, alarm.Message, now);
            }

            var cleared = known.Where(alarm => !found.Any(other => Same(alarm, other))).ToList();
            foreach (var alarm in cleared) context.Execute("DELETE FROM alarm WHERE scope = $1 AND subject = $2 AND cause = $3", scope, alarm.Subject, alarm.Cause);
            context.Execute(
                """
                INSERT INTO check_run (name, checked_at, looked, found) VALUES ($1, $2, $3, $4)
                ON CONFLICT (name) DO UPDATE SET checked_at = excluded.checked_at, looked = excluded.looked, found = excluded.found
                """, scope, now, looked, found.Count);
            return new AlarmChange(raised, cleared);
        });
    }

    private static bool Same(Alarm one, Alarm other) => one.Subject == other.Subject && one.Cause == other.Cause;

    private static List<Alarm> Read(DbConnection connection, string? scope)
    {
        using var statement = new Statement(connection,
            scope is null ? "SELECT subject, cause, client_id, message, since FROM alarm ORDER BY since, subject" : "SELECT subject, cause, client_id, message, since FROM alarm WHERE scope = $1 ORDER BY since, subject");
        using var reader = scope is null ? statement.Query() : statement.Query(scope);
        var alarms = new List<Alarm>();
        while (reader.Read())
        {
            alarms.Add(new Alarm(reader.GetString(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetInt64(2), reader.GetString(3), reader.GetInt64(4)));
        }

        return alarms;
    }
}
