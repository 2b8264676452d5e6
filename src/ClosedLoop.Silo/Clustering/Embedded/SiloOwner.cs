using ClosedLoop.Data;

namespace ClosedLoop.Silo.Clustering;

/// <summary>Owns the data folder and, on PostgreSQL, the database besides: the embedded engine runs in one process.</summary>
internal sealed partial class SiloOwner(LockFileOwner folder, Database database, IHostApplicationLifetime lifetime, ILogger<SiloOwner> logger) : IExclusiveOwner
{
    private readonly ILogger _logger = logger;
    private DatabaseLease? _lease;

    public async Task AcquireAsync(CancellationToken cancellationToken)
    {
        await folder.AcquireAsync(cancellationToken);
        if (database.Kind == DatabaseKind.Sqlite) return;
        _lease = new DatabaseLease(database, Lost);
        if (_lease.TryAcquire()) return;
        await folder.DisposeAsync();
        throw new DatabaseInUseException($"the database {database.DisplayName} is in use by another process. The embedded engine runs in one process per database; for several silos use Engine=Orleans.");
    }

    public async ValueTask DisposeAsync()
    {
        if (_lease is not null) await _lease.DisposeAsync();
        await folder.DisposeAsync();
    }

    private void Lost()
    {
        LogLost(database.DisplayName);
        lifetime.StopApplication();
    }

    [LoggerMessage(3305, LogLevel.Critical, "CL3305: another process has taken the database {Database} over while it was away; this one stops")]
    private partial void LogLost(string database);
}
