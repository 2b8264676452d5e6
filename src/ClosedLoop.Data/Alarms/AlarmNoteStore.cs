namespace ClosedLoop.Data.Alarms;

/// <summary>Which alarms somebody has seen, for how long they are shown quietly, and why.</summary>
public sealed class AlarmNoteStore(Database database, LedgerWriter writer)
{
    public Task AddAsync(AlarmNote note)
    {
        ArgumentNullException.ThrowIfNull(note);
        return writer.WriteAsync(context =>
        {
            context.Execute("DELETE FROM alarm_note WHERE NOT EXISTS (SELECT 1 FROM alarm a WHERE a.subject = alarm_note.subject AND a.cause = alarm_note.cause)");
            context.Execute(
                """
                INSERT INTO alarm_note (subject, cause, until, actor, reason, recorded) VALUES ($1, $2, $3, $4, $5, $6)
                ON CONFLICT (subject, cause) DO UPDATE SET until = excluded.until, actor = excluded.actor, reason = excluded.reason, recorded = excluded.recorded
                """, note.Subject, note.Cause, note.Until, note.Actor, note.Reason, context.Stamp);
        });
    }

    /// <summary>Those in force at a moment (microseconds).</summary>
    public IReadOnlyList<AlarmNote> At(long now)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT subject, cause, until, actor, reason FROM alarm_note WHERE until > $1");
        using var reader = statement.Query(now);
        var notes = new List<AlarmNote>();
        while (reader.Read()) notes.Add(new AlarmNote(reader.GetString(0), reader.GetString(1), reader.GetInt64(2), reader.GetString(3), reader.GetString(4)));
        return notes;
    }
}
