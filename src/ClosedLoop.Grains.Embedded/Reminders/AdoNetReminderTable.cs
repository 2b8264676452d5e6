using System.Data;
using System.Data.Common;

namespace ClosedLoop.Grains.Embedded;

/// <summary>Reminders in the <c>OrleansRemindersTable</c> of Orleans' ADO.NET provider, row for row.</summary>
/// <param name="source">The database.</param>
/// <param name="dialect">Its kind.</param>
/// <param name="serviceId">Name of the service, the same on either engine: it is part of every row.</param>
public sealed class AdoNetReminderTable(DbDataSource source, GrainSqlDialect dialect, string serviceId) : IReminderTable
{
    public Task InitializeAsync(CancellationToken cancellationToken) =>
        source.ExecuteAsync(dialect.CreateReminders, static _ => { }, cancellationToken);

    public async Task<IReadOnlyList<ReminderEntry>> ReadAllAsync(CancellationToken cancellationToken) => await source.QueryAsync(
        "SELECT GrainId, ReminderName, StartTime, Period FROM OrleansRemindersTable WHERE ServiceId = @ServiceId",
        command => command.Add("@ServiceId", DbType.String, serviceId),
        static reader => new ReminderEntry(
            GrainId.Parse(reader.GetString(0)),
            reader.GetString(1),
            DateTime.SpecifyKind(reader.GetDateTime(2), DateTimeKind.Utc),
            TimeSpan.FromMilliseconds(reader.GetInt64(3))),
        cancellationToken);

    public Task UpsertAsync(ReminderEntry entry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return source.ExecuteAsync(
            """
            INSERT INTO OrleansRemindersTable (ServiceId, GrainId, ReminderName, StartTime, Period, GrainHash, Version)
            VALUES (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash, 0)
            ON CONFLICT (ServiceId, GrainId, ReminderName) DO UPDATE SET
                StartTime = excluded.StartTime, Period = excluded.Period, GrainHash = excluded.GrainHash, Version = OrleansRemindersTable.Version + 1
            """,
            command =>
            {
                BindKey(command, entry.GrainId, entry.Name);
                command.Add("@StartTime", DbType.DateTime, entry.StartAt);
                command.Add("@Period", DbType.Int64, (long)entry.Period.TotalMilliseconds);
                command.Add("@GrainHash", DbType.Int32, unchecked((int)OrleansHash.Of(entry.GrainId)));
            },
            cancellationToken);
    }

    public async Task<bool> RemoveAsync(GrainId grainId, string name, CancellationToken cancellationToken) => await source.ExecuteAsync(
        "DELETE FROM OrleansRemindersTable WHERE ServiceId = @ServiceId AND GrainId = @GrainId AND ReminderName = @ReminderName",
        command => BindKey(command, grainId, name),
        cancellationToken) > 0;

    private void BindKey(DbCommand command, GrainId grainId, string name)
    {
        command.Add("@ServiceId", DbType.String, serviceId);
        command.Add("@GrainId", DbType.String, grainId.ToString());
        command.Add("@ReminderName", DbType.String, name);
    }
}
