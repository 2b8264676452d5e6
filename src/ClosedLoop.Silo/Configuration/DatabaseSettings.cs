using ClosedLoop.Data;

namespace ClosedLoop.Silo.Configuration;

/// <summary>Where mailings, ledger and events are kept.</summary>
public sealed record DatabaseSettings
{
    /// <summary>Sqlite keeps them in the data folder, Postgres on a server.</summary>
    public DatabaseKind Provider { get; init; }

    /// <summary>Connection string of the PostgreSQL database. It may hold a password; a file or the environment keeps it out of the process list.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>File whose first line is the connection string.</summary>
    public string? ConnectionStringFile { get; init; }
}
