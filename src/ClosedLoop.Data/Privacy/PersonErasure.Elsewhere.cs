using ClosedLoop.Data.Suppression;

namespace ClosedLoop.Data.Privacy;

/// <summary>What other interfaces know of a person: rows of user databases, profiles of the connector, messages of other channels.</summary>
public sealed partial class PersonErasure
{
    /// <summary>Rows of user databases that hold the address: they have no column for it, so all of a client's are looked through.</summary>
    private List<(long DatabaseId, long RowId)> Contacts(long clientId, byte[] folded)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT database_id, row_id, fields FROM contact WHERE client_id = $1");
        using var reader = statement.Query(clientId);
        var found = new List<(long, long)>();
        while (reader.Read())
        {
            var fields = reader.GetFieldValue<byte[]>(2);
            for (var i = 0; i < fields.Length; i++) fields[i] = AddressCase.Fold(fields[i]);
            if (fields.AsSpan().IndexOf(folded) >= 0) found.Add((reader.GetInt64(0), reader.GetInt64(1)));
        }

        return found;
    }

    private static int ForgetContacts(WriteContext context, long clientId, string folded, List<(long DatabaseId, long RowId)> contacts)
    {
        var rows = context.Execute("DELETE FROM contact_key WHERE client_id = $1 AND address = $2", clientId, folded);
        foreach (var (databaseId, rowId) in contacts) rows += context.Execute("DELETE FROM contact WHERE client_id = $1 AND database_id = $2 AND row_id = $3", clientId, databaseId, rowId);
        return rows;
    }

    /// <summary>A profile goes with its devices, with what was sent to it by connectors and with what was told of it.</summary>
    private static int ForgetProfiles(WriteContext context, long clientId, string folded)
    {
        var ids = new List<string>();
        using (var reader = context.Statement("SELECT external_id FROM profile WHERE client_id = $1 AND (lower(email) = $2 OR phone = $2)").Query(clientId, folded))
        {
            while (reader.Read()) ids.Add(reader.GetString(0));
        }

        var rows = 0;
        foreach (var id in ids)
        {
            rows += context.Execute("DELETE FROM profile WHERE client_id = $1 AND external_id = $2", clientId, id);
            rows += context.Execute("DELETE FROM profile_device WHERE client_id = $1 AND external_id = $2", clientId, id);
            rows += Optimove.ProfileStore.ForgetSends(context, clientId, id);
            rows += Optimove.ProfileStore.ForgetPreferences(context, clientId, id);
            rows += context.Execute("DELETE FROM optimove_attribute WHERE client_id = $1 AND customer = $2", clientId, id);
            rows += context.Execute("DELETE FROM optimove_dead_letter WHERE client_id = $1 AND customer = $2", clientId, id);
            rows += context.Execute("DELETE FROM optimove_batch_item WHERE customer = $2 AND batch_id IN (SELECT batch_id FROM optimove_batch WHERE client_id = $1)", clientId, id);
            rows += context.Execute("UPDATE optimove_event SET raw = $3 WHERE client_id = $1 AND customer = $2 AND state <> 0", clientId, id, Array.Empty<byte>());
        }

        return rows;
    }

    private static void EmptyChannel(WriteContext context, long mailing, int sequence)
    {
        context.Execute("UPDATE channel_message SET address = $3 WHERE mailing_id = $1 AND sequence = $2", mailing, sequence, Nobody);
        context.Execute("UPDATE channel_doubt SET short_reference = '' WHERE mailing_id = $1 AND sequence = $2", mailing, sequence);
        context.Execute("UPDATE channel_receipt SET detail = '', reference = NULL WHERE mailing_id = $1 AND sequence = $2", mailing, sequence);
    }
}
