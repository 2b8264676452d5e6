namespace ClosedLoop.Data.Files;

/// <summary>What the newest file of a client held, to compare the next one with.</summary>
public sealed class LastFileReader(Database database)
{
    /// <summary>The newest recipient file that was imported, whose recipients are still kept; null when there is none.</summary>
    public LastFile? Find(long clientId)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection,
            """
            SELECT f.file_id, f.name, f.imported, (SELECT MIN(m.client_version) FROM mailing m WHERE m.file_id = f.file_id) FROM inbound_file f
            WHERE f.client_id = $1 AND f.state = $2 AND f.test = 0 AND f.imported > 0
                AND EXISTS (SELECT 1 FROM mailing m WHERE m.file_id = f.file_id AND m.purged = 0) ORDER BY f.file_id DESC LIMIT 1
            """);
        using var reader = statement.Query(clientId, (int)Model.Files.FileState.Archived);
        return reader.Read() ? new LastFile(reader.GetInt64(0), reader.GetString(1), reader.GetInt64(2), reader.GetInt32(3)) : null;
    }

    /// <summary>Addresses and columns of its recipients.</summary>
    public IEnumerable<(string Address, byte[] Fields)> Recipients(long fileId)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT r.address, r.fields FROM recipient r JOIN mailing m ON m.mailing_id = r.mailing_id WHERE m.file_id = $1");
        using var reader = statement.Query(fileId);
        while (reader.Read()) yield return (reader.GetString(0), reader.GetFieldValue<byte[]>(1));
    }
}
