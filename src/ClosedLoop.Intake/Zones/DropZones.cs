using System.Collections.Concurrent;
using ClosedLoop.Model.Clients;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Intake.Zones;

/// <summary>Zones in folders below one root, each client's named by its definition or its key; or on the SFTP server that the definition names.</summary>
public sealed class DropZones(string root, TimeProvider time, ILoggerFactory loggers) : IDropZones, IAsyncDisposable
{
    private readonly ConcurrentDictionary<(string Key, SftpSettings Server), SftpConnection> _connections = new();

    public IDropZone Open(ClientDefinition client)
    {
        ArgumentNullException.ThrowIfNull(client);
        var local = client.RootBelow(root);
        if (client.Sftp.Host is null) return new LocalFolderZone(local, client.Folders, client.Import.Test);
        var connection = _connections.GetOrAdd((client.Key, client.Sftp), key => new SftpConnection(SftpZone.OptionsOf(key.Server), time));
        return new SftpZone(connection, client, Path.Combine(local, "transfer"), loggers.CreateLogger<SftpZone>());
    }

    /// <summary>What is wrong with the way to a server; nothing when there is none.</summary>
    public static IEnumerable<string> Faults(SftpSettings server)
    {
        ArgumentNullException.ThrowIfNull(server);
        return server.Host is null ? [] : SftpZone.OptionsOf(server).Validate();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections.Values) await connection.DisposeAsync();
    }
}
