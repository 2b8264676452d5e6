namespace ClosedLoop.Data;

/// <summary>The two databases an installation can have (docs/decisions/017-two-databases.md).</summary>
public enum DatabaseKind
{
    /// <summary>A file beside the one process that uses it.</summary>
    Sqlite,

    /// <summary>A server, for one process or several.</summary>
    Postgres,
}
