namespace ClosedLoop.Data.Content;

/// <summary>What was fetched for single recipients and is needed to render their links again.</summary>
public sealed class RecipientContentStore(Database database)
{
    /// <summary>Stores what a message is made with; a further attempt fetches anew and takes the place of the one before.</summary>
    public static void Put(WriteContext context, long mailingId, int sequence, IReadOnlyList<StoredContent> content)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(content);
        foreach (var item in content)
        {
            context.Execute(
                """
                INSERT INTO recipient_content (mailing_id, sequence, field, url, sha256, shape, target) VALUES ($1, $2, $3, $4, $5, $6, $7)
                ON CONFLICT (mailing_id, sequence, field) DO UPDATE SET url = excluded.url, sha256 = excluded.sha256, shape = excluded.shape, target = excluded.target
                """, mailingId, sequence, item.Field, item.Url, item.Sha256, (item.HasHtml ? 1 : 0) | (item.HasText ? 2 : 0), item.Target);
        }
    }

    /// <summary>Empty for a recipient whose message was never on its way.</summary>
    public IReadOnlyList<StoredContent> Of(long mailingId, int sequence)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT field, url, sha256, shape, target FROM recipient_content WHERE mailing_id = $1 AND sequence = $2 ORDER BY field");
        using var reader = statement.Query(mailingId, sequence);
        var found = new List<StoredContent>();
        while (reader.Read())
        {
            var shape = reader.GetInt32(3);
            found.Add(new StoredContent(reader.GetInt32(0), reader.GetString(1), reader.GetString(2), (shape & 1) != 0, (shape & 2) != 0, reader.IsDBNull(4) ? null : reader.GetString(4)));
        }

        return found;
    }
}
