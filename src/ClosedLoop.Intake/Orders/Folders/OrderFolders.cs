using System.Collections.Concurrent;
using ClosedLoop.Intake.Zones;
using ClosedLoop.Model.Accounts;
using ClosedLoop.Model.Clients;

namespace ClosedLoop.Intake.Orders.Folders;

/// <summary>Folders of orders below the clients' roots on this machine, or on the SFTP server that account or client name.</summary>
public sealed class OrderFolders(string root, TimeProvider time) : IOrderFolders, IAsyncDisposable
{
    private readonly ConcurrentDictionary<(string Key, SftpSettings Server), SftpConnection> _connections = new();

    public IOrderFolder Open(ClientDefinition client, OrderConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(configuration);
        var server = configuration.Sftp ?? client.Sftp;
        if (server.Host is not { } host) return new LocalOrderFolder(Path.Combine(client.RootBelow(root), configuration.Directory));
        var connection = _connections.GetOrAdd((client.Key, server), key => new SftpConnection(SftpZone.OptionsOf(key.Server), time));
        return new SftpOrderFolder(connection, host, server.Root.TrimEnd('/') + "/" + configuration.Directory);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections.Values) await connection.DisposeAsync();
    }
}
