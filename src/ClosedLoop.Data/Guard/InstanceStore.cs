using ClosedLoop.Model;

namespace ClosedLoop.Data.Guard;

/// <summary>The mark of the installation in its database, its signs of life, and whether sending is held (decision 016).</summary>
public sealed class InstanceStore(Database database, LedgerWriter writer, TimeProvider time)
{
    private const string OpenSql =
        """
        FROM mailing m JOIN ledger l ON l.mailing_id = m.mailing_id
        WHERE m.state BETWEEN 1 AND 4 AND l.state IN (0, 1)
        """;

    /// <summary><c>null</c> when nothing has run on this database yet.</summary>
    public InstanceRow? Read()
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection,
            "SELECT instance_id, beat, alive_at, held_at, held_reason, confirmed_at, confirmed_reason FROM instance");
        using var reader = statement.Query();
        return reader.Read()
            ? new InstanceRow(
                reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.IsDBNull(3) ? null : reader.GetInt64(3), reader.IsDBNull(4) ? null : reader.GetString(4),
                reader.IsDBNull(5) ? null : reader.GetInt64(5), reader.IsDBNull(6) ? null : reader.GetString(6))
            : null;
    }

    /// <summary>About when the database was last written, in microseconds; 0 when never. For databases that have no sign of life.</summary>
    public long LastWrite()
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT next FROM id_sequence WHERE name = 'stamp'");
        return statement.Scalar();
    }

    /// <summary>Gives a database its mark; one that has a mark keeps it.</summary>
    public Task CreateAsync(string instanceId)
    {
        var now = time.NowMicroseconds();
        return writer.WriteAsync(context =>
        {
            if (context.Scalar("SELECT COUNT(*) FROM instance") == 0)
                context.Execute("INSERT INTO instance (instance_id, beat, alive_at) VALUES ($1, 0, $2)", instanceId, now);
        });
    }

    /// <summary>Writes a sign of life.</summary>
    /// <returns>Its number; 0 when sending is held, which must not look alive.</returns>
    public Task<long> BeatAsync()
    {
        var now = time.NowMicroseconds();
        return writer.WriteAsync(context => context.Scalar("UPDATE instance SET beat = beat + 1, alive_at = $1 WHERE held_at IS NULL RETURNING beat", now));
    }

    /// <summary>From the commit on nobody is claimed. A hold that is there already keeps its reason.</summary>
    public Task HoldAsync(string reason)
    {
        var now = time.NowMicroseconds();
        return writer.WriteAsync(context => context.Execute("UPDATE instance SET held_at = $1, held_reason = $2 WHERE held_at IS NULL", now, reason));
    }

    /// <summary>Ends a hold. The database takes over the folder's mark, and goes ahead of the folder's newest sign of life.</summary>
    /// <param name="instanceId">Mark from now on.</param>
    /// <param name="folderBeat">Newest sign of life of the folder.</param>
    /// <param name="reason">What the operator said; kept.</param>
    /// <returns>The mark with the new sign of life, or <c>null</c> when nothing was held.</returns>
    public async Task<InstanceRow?> ConfirmAsync(string instanceId, long folderBeat, string reason)
    {
        var now = time.NowMicroseconds();
        var done = await writer.WriteAsync(context => context.Execute(
            """
            UPDATE instance SET instance_id = $1, beat = CASE WHEN beat > $2 THEN beat ELSE $2 END + 1, alive_at = $3,
                held_at = NULL, held_reason = NULL, confirmed_at = $3, confirmed_reason = $4
            WHERE held_at IS NOT NULL
            """, instanceId, folderBeat, now, reason)).ConfigureAwait(false);
        return done == 0 ? null : Read();
    }

    /// <summary>Mailings that would mail somebody if they went on, oldest first.</summary>
    public IReadOnlyList<OpenMailing> OpenMailings()
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection,
            $"""
            SELECT m.mailing_id, m.client_id, m.name, m.state, SUM(CASE WHEN l.state = 0 THEN 1 ELSE 0 END), SUM(CASE WHEN l.state = 1 THEN 1 ELSE 0 END)
            {OpenSql} GROUP BY m.mailing_id, m.client_id, m.name, m.state ORDER BY m.mailing_id
            """);
        using var reader = statement.Query();
        var open = new List<OpenMailing>();
        while (reader.Read()) open.Add(new(reader.GetInt64(0), reader.GetInt64(1), reader.GetString(2), reader.GetInt32(3), reader.GetInt64(4), reader.GetInt64(5)));
        return open;
    }

    /// <summary>The same, person by person.</summary>
    public IEnumerable<OpenRecipient> OpenRecipients()
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection,
            """
            SELECT m.mailing_id, l.sequence, m.recipient_base, r.address, l.state
            FROM mailing m JOIN ledger l ON l.mailing_id = m.mailing_id JOIN recipient r ON r.mailing_id = l.mailing_id AND r.sequence = l.sequence
            WHERE m.state BETWEEN 1 AND 4 AND l.state IN (0, 1) ORDER BY m.mailing_id, l.sequence
            """);
        using var reader = statement.Query();
        while (reader.Read())
        {
            var sequence = reader.GetInt32(1);
            yield return new OpenRecipient(reader.GetInt64(0), sequence, reader.GetInt64(2) + sequence, reader.GetString(3), reader.GetInt32(4) == 1);
        }
    }
}
