namespace ClosedLoop.Data.Tests;

/// <summary>Tests that work on one database each, which is given back after each.</summary>
public abstract class OneDatabaseTests : IAsyncLifetime, IAsyncDisposable
{
    /// <summary>Made by the test itself, which knows of what kind; a test that needs none makes none.</summary>
    private protected TestDatabase Test { get; set; } = null!;

    public Task InitializeAsync() => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Test is not null) await Test.DisposeAsync();
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();
}
