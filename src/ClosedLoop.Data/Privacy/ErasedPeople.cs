using System.Globalization;

namespace ClosedLoop.Data.Privacy;

/// <summary>
/// Remembers whom not to take in again after an erasure, without remembering who it was. Entries of people who had objected always hold; the others as long as the setting says so.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="writer">Its writer.</param>
/// <param name="key">The key of the installation; made when the first person is erased.</param>
/// <param name="suppress">Whether everybody who was erased is left out (<c>Privacy:SuppressErased</c>), or only who had objected.</param>
public sealed class ErasedPeople(Database database, LedgerWriter writer, Func<ErasureKey> key, bool suppress = true)
{
    private readonly Lazy<ErasureKey> _key = new(key);

    /// <summary>Whom a client must not write to.</summary>
    /// <exception cref="ErasureKeyMissingException">There are entries of another key: going on would write to them.</exception>
    public ErasedSet Of(long clientId)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT hash, key_id FROM erased_person WHERE client_id = $1 AND objected >= $2");
        using var reader = statement.Query(clientId, suppress ? 0 : 1);
        HashSet<UInt128>? hashes = null;
        var foreign = 0;
        while (reader.Read())
        {
            if (reader.GetString(1) != _key.Value.Id) foreign++;
            else (hashes ??= []).Add(ErasedSet.Short(Convert.FromHexString(reader.GetString(0))));
        }

        if (foreign > 0)
        {
            throw new ErasureKeyMissingException(string.Create(CultureInfo.InvariantCulture,
                $"CL9603: {foreign} erased people of client {clientId} were remembered with another key than keys/erasure.key; nobody is taken in or written to until the right key is put back, because they could not be left out."));
        }

        return hashes is null ? ErasedSet.Empty : new ErasedSet(clientId, _key.Value, hashes);
    }

    /// <summary>Remembers a person.</summary>
    /// <returns>The hash.</returns>
    public async Task<string> AddAsync(long clientId, string address, bool objected)
    {
        var hash = _key.Value.HashOf(clientId, address);
        await writer.WriteAsync(context => context.Execute(
            """
            INSERT INTO erased_person (client_id, hash, key_id, objected, recorded) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (client_id, hash) DO UPDATE SET objected = CASE WHEN excluded.objected > erased_person.objected THEN excluded.objected ELSE erased_person.objected END
            """, clientId, hash, _key.Value.Id, objected ? 1 : 0, context.Stamp)).ConfigureAwait(false);
        return hash;
    }

    /// <summary>Lets a person be taken in again, who asked for it.</summary>
    /// <returns>False when the person was not on the list.</returns>
    public async Task<bool> RemoveAsync(long clientId, string address)
    {
        if (Count(clientId) == 0) return false;
        var hash = _key.Value.HashOf(clientId, address);
        return await writer.WriteAsync(context => context.Execute("DELETE FROM erased_person WHERE client_id = $1 AND hash = $2", clientId, hash) == 1).ConfigureAwait(false);
    }

    public bool Contains(long clientId, string address)
    {
        if (Count(clientId) == 0) return false;
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT COUNT(*) FROM erased_person WHERE client_id = $1 AND hash = $2");
        return statement.Scalar(clientId, _key.Value.HashOf(clientId, address)) > 0;
    }

    public long Count(long clientId)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT COUNT(*) FROM erased_person WHERE client_id = $1");
        return statement.Scalar(clientId);
    }
}
