using System.Security.Cryptography;

namespace ClosedLoop.Data.Content;

/// <summary>Octets of attachments and pictures by their hash: stored once, however many mailings carry them.</summary>
public static class FileContents
{
    /// <summary>Stores files in the transaction of whoever refers to them.</summary>
    public static void Add(WriteContext context, IEnumerable<byte[]> files)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(files);
        foreach (var file in files) context.Execute("INSERT INTO file_content (hash, body) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING", HashOf(file), file);
    }

    /// <summary>SHA-256 in lower-case hex.</summary>
    public static string HashOf(ReadOnlySpan<byte> file) => Convert.ToHexStringLower(SHA256.HashData(file));

    /// <exception cref="InvalidDataException">The file is missing or not what its hash says.</exception>
    public static byte[] Read(Database database, string hash)
    {
        ArgumentNullException.ThrowIfNull(database);
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT body FROM file_content WHERE hash = $1");
        using var reader = statement.Query(hash);
        if (!reader.Read()) throw new InvalidDataException($"CL2701: the file {hash} of a mailing is not in the database.");
        var body = reader.GetFieldValue<byte[]>(0);
        return HashOf(body) == hash ? body : throw new InvalidDataException($"CL2701: the file {hash} of a mailing has another hash now; the database is damaged.");
    }
}
