using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Contacts;
using ClosedLoop.Data.Content;
using ClosedLoop.Model;
using ClosedLoop.Model.Accounts;

namespace ClosedLoop.Data.Accounts;

/// <summary>Accounts of XML Delivery, one for a client at most, each stored as versions: an operation keeps to the version it began with.</summary>
public sealed class AccountStore(Database database, LedgerWriter writer)
{
    /// <summary>Stores a new version when the definition differs from the current one, and gives new fields of its databases their places.</summary>
    /// <param name="clientId">The client.</param>
    /// <param name="account">Its account.</param>
    /// <param name="files">Octets of its files that may not be stored yet.</param>
    public Task<Versioned<AccountDefinition>> ApplyAsync(long clientId, AccountDefinition account, params IReadOnlyList<byte[]> files)
    {
        ArgumentNullException.ThrowIfNull(account);
        var json = JsonSerializer.Serialize(account, DefinitionJson.Options);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)));
        return writer.WriteAsync(context =>
        {
            var current = (int)context.Scalar("SELECT version FROM account WHERE client_id = $1", clientId);
            if (context.Scalar("SELECT COUNT(*) FROM account_version WHERE client_id = $1 AND version = $2 AND hash = $3", clientId, current, hash) > 0)
                return new Versioned<AccountDefinition>(account, current, Changed: false);
            FileContents.Add(context, files);
            context.Execute(
                "INSERT INTO account_version (client_id, version, hash, definition, recorded) VALUES ($1, $2, $3, $4, $5)", clientId, current + 1, hash, json, context.Stamp);
            context.Execute(
                "INSERT INTO account (client_id, version) VALUES ($1, $2) ON CONFLICT (client_id) DO UPDATE SET version = excluded.version", clientId, current + 1);
            foreach (var each in account.Databases) AddFields(context, clientId, each);
            return new Versioned<AccountDefinition>(account, current + 1, Changed: true);
        });
    }

    /// <summary>The version in force; <c>null</c> for a client without an account.</summary>
    public Versioned<AccountDefinition>? Find(long clientId) => Query(
        "SELECT v.version, v.definition FROM account a JOIN account_version v ON v.client_id = a.client_id AND v.version = a.version WHERE a.client_id = $1", clientId);

    public Versioned<AccountDefinition>? Find(long clientId, int version) =>
        Query("SELECT version, definition FROM account_version WHERE client_id = $1 AND version = $2", clientId, version);

    /// <summary>Number of the version in force; 0 without an account. Cheap enough to ask every second.</summary>
    public int VersionOf(long clientId)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT version FROM account WHERE client_id = $1");
        return (int)statement.Scalar(clientId);
    }

    /// <summary>Where the fields of a user database stand in its rows.</summary>
    public ContactLayout LayoutOf(long clientId, long databaseId)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT name FROM contact_field WHERE client_id = $1 AND database_id = $2 ORDER BY position");
        using var reader = statement.Query(clientId, databaseId);
        var names = new List<string>();
        while (reader.Read()) names.Add(reader.GetString(0));
        return new ContactLayout(clientId, databaseId, names);
    }

    private static void AddFields(WriteContext context, long clientId, UserDatabase each)
    {
        foreach (var field in each.Fields)
        {
            context.Execute(
                """
                INSERT INTO contact_field (client_id, database_id, position, name)
                SELECT $1, $2, (SELECT COUNT(*) FROM contact_field WHERE client_id = $1 AND database_id = $2), $3
                WHERE NOT EXISTS (SELECT 1 FROM contact_field WHERE client_id = $1 AND database_id = $2 AND lower(name) = lower($3))
                """, clientId, each.Id, field.Name);
        }
    }

    private Versioned<AccountDefinition>? Query(string sql, params ReadOnlySpan<object?> arguments)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, sql);
        using var reader = statement.Query(arguments);
        return reader.Read() ? new Versioned<AccountDefinition>(JsonSerializer.Deserialize<AccountDefinition>(reader.GetString(1), DefinitionJson.Options)!, reader.GetInt32(0), Changed: false) : null;
    }
}
