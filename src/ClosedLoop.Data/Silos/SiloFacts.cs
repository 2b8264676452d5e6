namespace ClosedLoop.Data.Silos;

/// <summary>What all silos of a database must have alike.</summary>
public sealed class SiloFacts(Database database, LedgerWriter writer)
{
    /// <summary>Says how this silo has it.</summary>
    /// <returns>How the first silo had it: the same, or this one must not run.</returns>
    public async Task<string> AgreeAsync(string name, string value)
    {
        await writer.WriteAsync(context => context.Execute("INSERT INTO silo_fact (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING", name, value)).ConfigureAwait(false);
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT value FROM silo_fact WHERE name = $1");
        using var reader = statement.Query(name);
        return reader.Read() ? reader.GetString(0) : value;
    }
}
