using ClosedLoop.Model;

namespace ClosedLoop.Data.Contacts;

/// <summary>Rows of user databases and their locks. Nothing but an operation that failed takes rows away.</summary>
public sealed partial class ContactStore(Database database, LedgerWriter writer, TimeProvider time)
{
    /// <summary>Rows of an operation that one transaction removes.</summary>
    private const int RemoveBlock = 10_000;

    /// <summary>Rows in the order of their numbers.</summary>
    /// <param name="clientId">Whose database.</param>
    /// <param name="databaseId">Which.</param>
    /// <param name="code">Only those of an operation (<see cref="ContactCode"/>); <c>null</c> for all.</param>
    public ContactReader Read(long clientId, long databaseId, long? code) => new(database, clientId, databaseId, code);

    public long Count(long clientId, long databaseId, long? code = null)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, code is null
            ? "SELECT COUNT(*) FROM contact WHERE client_id = $1 AND database_id = $2"
            : "SELECT COUNT(*) FROM contact WHERE client_id = $1 AND database_id = $2 AND code = $3");
        return code is { } only ? statement.Scalar(clientId, databaseId, only) : statement.Scalar(clientId, databaseId);
    }

    /// <summary>
    /// Takes back everything an operation has put into a database: rows it inserted go, rows it only changed are as before. Block by block; a removal that broke off is
    /// done again.
    /// </summary>
    public async Task RollBackAsync(long clientId, long databaseId, long code)
    {
        while (await writer.WriteAsync(context => RestoreKeys(context, clientId, databaseId, code)).ConfigureAwait(false) > 0)
        {
            // Other writes get their turn in between.
        }

        while (await writer.WriteAsync(context => context.Execute(
                   """
                   DELETE FROM contact WHERE client_id = $1 AND database_id = $2 AND row_id IN (
                       SELECT row_id FROM contact WHERE client_id = $1 AND database_id = $2 AND code = $3 LIMIT $4)
                   """, clientId, databaseId, code, RemoveBlock)).ConfigureAwait(false) > 0)
        {
            // As above.
        }
    }

    /// <summary>An operation has ended well: what its rows were before is forgotten.</summary>
    public static void Settle(WriteContext context, long clientId, long databaseId, long code)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Execute(
            "UPDATE contact_key SET was_code = NULL, was_fields = NULL, by_code = 0 WHERE client_id = $1 AND database_id = $2 AND by_code = $3", clientId, databaseId, code);
    }

    /// <summary>Takes the lock of a database, or has it already; <c>false</c> when somebody else has it.</summary>
    public Task<bool> TryLockAsync(long clientId, long databaseId, string holder)
    {
        var now = time.NowMicroseconds();
        return writer.WriteAsync(context =>
        {
            context.Execute(
                "INSERT INTO contact_lock (client_id, database_id, holder, since) VALUES ($1, $2, $3, $4) ON CONFLICT (client_id, database_id) DO NOTHING", clientId, databaseId, holder, now);
            return context.Scalar("SELECT COUNT(*) FROM contact_lock WHERE client_id = $1 AND database_id = $2 AND holder = $3", clientId, databaseId, holder) > 0;
        });
    }

    /// <summary>Gives a lock back; <c>false</c> when the holder does not have it. <c>null</c> for the holder takes it from whoever has it.</summary>
    public Task<bool> UnlockAsync(long clientId, long databaseId, string? holder) => writer.WriteAsync(context => Unlock(context, clientId, databaseId, holder));

    /// <inheritdoc cref="UnlockAsync"/>
    public static bool Unlock(WriteContext context, long clientId, long databaseId, string? holder)
    {
        ArgumentNullException.ThrowIfNull(context);
        return holder is null
            ? context.Execute("DELETE FROM contact_lock WHERE client_id = $1 AND database_id = $2", clientId, databaseId) > 0
            : context.Execute("DELETE FROM contact_lock WHERE client_id = $1 AND database_id = $2 AND holder = $3", clientId, databaseId, holder) > 0;
    }

    public IReadOnlyList<ContactLock> Locks(long clientId)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT database_id, holder, since FROM contact_lock WHERE client_id = $1 ORDER BY database_id");
        using var reader = statement.Query(clientId);
        var locks = new List<ContactLock>();
        while (reader.Read()) locks.Add(new ContactLock(reader.GetInt64(0), reader.GetString(1), reader.GetInt64(2)));
        return locks;
    }

    private static int RestoreKeys(WriteContext context, long clientId, long databaseId, long code)
    {
        // Rows that were there before the operation get back what they had; the others go with the rows of the code.
        context.Execute(
            """
            UPDATE contact SET code = k.was_code, fields = k.was_fields FROM contact_key k
            WHERE contact.client_id = $1 AND contact.database_id = $2 AND k.client_id = $1 AND k.database_id = $2 AND k.by_code = $3 AND k.row_id = contact.row_id AND k.was_fields IS NOT NULL
            """, clientId, databaseId, code);
        context.Execute("DELETE FROM contact_key WHERE client_id = $1 AND database_id = $2 AND by_code = $3 AND was_fields IS NULL", clientId, databaseId, code);
        return context.Execute(
            "UPDATE contact_key SET was_code = NULL, was_fields = NULL, by_code = 0 WHERE client_id = $1 AND database_id = $2 AND by_code = $3", clientId, databaseId, code);
    }
}
