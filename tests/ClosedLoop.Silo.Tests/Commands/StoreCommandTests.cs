using ClosedLoop.Silo.Tests.Support;
using Microsoft.Data.Sqlite;

namespace ClosedLoop.Silo.Tests.Commands;

/// <summary>Commands on the stores of a data folder, with no service running.</summary>
public abstract class StoreCommandTests : IAsyncLifetime, IAsyncDisposable
{
    private protected TempFolder Folder { get; } = new();

    private protected SiloStores Stores { get; private set; } = null!;

    public async Task InitializeAsync() => Stores = await SiloStores.CreateAsync(Folder);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Stores.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Folder.Dispose();
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    private protected Task<Cli> RunAsync(params string[] args) => Cli.RunAsync([.. args, "--data", Stores.Settings.Data]);
}
