using ClosedLoop.Data;

namespace ClosedLoop.Silo.Configuration;

/// <summary>Checks the settings of the database.</summary>
internal static class DatabaseCheck
{
    public static IEnumerable<string> Faults(DatabaseSettings database)
    {
        var isGiven = database.ConnectionString is not null || database.ConnectionStringFile is not null;
        if (database.Provider == DatabaseKind.Sqlite)
        {
            // Most likely the provider was forgotten, and everything would go to a file nobody looks into.
            if (isGiven) yield return "ClosedLoop:Database:ConnectionString is set and ClosedLoop:Database:Provider is Sqlite, which has none; expected Provider Postgres, or no connection string.";
            yield break;
        }

        if (!isGiven)
            yield return "ClosedLoop:Database:ConnectionString is not set; Provider Postgres needs it or ClosedLoop:Database:ConnectionStringFile.";
        else if (database is { ConnectionString: not null, ConnectionStringFile: not null })
            yield return "ClosedLoop:Database:ConnectionString and ClosedLoop:Database:ConnectionStringFile are both set; expected one of them.";
        else if (database.ConnectionStringFile is { } file && !File.Exists(file))
            yield return $"ClosedLoop:Database:ConnectionStringFile is '{file}', which does not exist.";
        else if (Fault(Read(database)) is { } fault)
            yield return $"ClosedLoop:Database:{(database.ConnectionString is null ? "ConnectionStringFile" : "ConnectionString")}: {fault}";
    }

    /// <summary>The connection string, from wherever it is.</summary>
    public static string Read(DatabaseSettings database) =>
        database.ConnectionString ?? File.ReadLines(database.ConnectionStringFile!).FirstOrDefault("").Trim();

    /// <summary>What is wrong with a connection string, without repeating it: it may hold a password.</summary>
    public static string? Fault(string connectionString)
    {
        try
        {
            _ = Database.Postgres(connectionString);
            return null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
        {
            return $"{e.Message.Split('\n')[0].Split(" (Parameter")[0]} Expected a text such as Host=db.example.org;Database=closedloop;Username=closedloop;Password=...";
        }
    }
}
