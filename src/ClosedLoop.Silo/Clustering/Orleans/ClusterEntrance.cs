using System.Security.Cryptography;
using ClosedLoop.Data;
using ClosedLoop.Data.Silos;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Clustering;

/// <summary>
/// What must be true before a silo joins: the data folder is nobody else's, the database has Orleans' tables and is not used by the embedded engine, which would not know
/// of the others. Leaves last.
/// </summary>
internal sealed partial class ClusterEntrance(
    SiloSettings settings, Database database, SiloFacts facts, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<ClusterEntrance> logger) : IHostedLifecycleService, IAsyncDisposable
{
    private readonly ILogger _logger = logger;
    private LockFileOwner? _folder;
    private DatabaseLease? _lease;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _folder = new LockFileOwner(settings.LockPath);
        await _folder.AcquireAsync(cancellationToken);
        _lease = new DatabaseLease(database, Lost, isShared: true);
        if (!_lease.TryAcquire())
            throw new DatabaseInUseException($"the database {database.DisplayName} is in use by a process with the embedded engine. Stop it before silos of Engine=Orleans take over.");
        OrleansTables.Create(database);
        await CompareKeysAsync();
        LogJoins(settings.Cluster.ClusterId, settings.Cluster.AdvertisedAddress, settings.Cluster.SiloPort, settings.Roles);
    }

    /// <summary>Asked to stop: probes are told so for a while, before connections end and grains move.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.Delay(TimeSpan.FromSeconds(settings.Cluster.UnreadySeconds), time, cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_lease is not null) await _lease.DisposeAsync();
        if (_folder is not null) await _folder.DisposeAsync();
    }

    /// <summary>A link signed by one silo is followed at another. The database keeps a hash of each key, which says nothing about it.</summary>
    private async Task CompareKeysAsync()
    {
        foreach (var file in Directory.EnumerateFiles(settings.KeysPath, "signing-*.key"))
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(file)));
            if (await facts.AgreeAsync(Path.GetFileName(file), hash) != hash)
                throw new ClusterRefusedException($"CL6102: {file} is another key than that of the other silos on {database.DisplayName}. Links that one silo signs must be followed at all: give every silo the same folder (ClosedLoop:Cluster:KeysFolder).");
        }
    }

    private void Lost()
    {
        LogLost(database.DisplayName);
        lifetime.StopApplication();
    }

    [LoggerMessage(6201, LogLevel.Information, "joins cluster {Cluster} as {Address}:{Port}, roles {Roles}")]
    private partial void LogJoins(string cluster, string address, int port, SiloRoles roles);

    [LoggerMessage(6202, LogLevel.Critical, "CL3305: a process with the embedded engine has taken the database {Database} over while it was away; this silo stops")]
    private partial void LogLost(string database);
}
