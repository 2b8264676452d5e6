using System.Data.Common;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Data.Engines;

/// <summary>All that differs between the databases beyond single statements.</summary>
internal abstract class DatabaseEngine
{
    public abstract DatabaseKind Kind { get; }

    public abstract string DisplayName { get; }

    /// <summary>Folder of its migration scripts below <c>Migrations</c>.</summary>
    public abstract string ScriptFolder { get; }

    /// <summary>Begins a transaction that keeps other processes from migrating until it ends.</summary>
    public abstract string BeginMigration { get; }

    public abstract DbConnection OpenRead();

    public abstract DbConnection OpenWrite();

    /// <summary>What <see cref="LedgerWriter"/> writes through.</summary>
    public abstract WriteSession OpenSession(TimeProvider time, ILogger logger);

    /// <summary>Refuses a database that cannot hold the schema.</summary>
    public virtual void Check(DbConnection connection)
    {
    }
}
