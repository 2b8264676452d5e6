namespace ClosedLoop.Grains.Embedded;

/// <summary>A grain's state in memory and its way to the store. The operations of one state run one after another.</summary>
internal sealed class PersistentState<TState>(string stateName, GrainId grainId, IGrainStorage storage) : IPersistentState<TState>
{
    private Task _last = Task.CompletedTask;
    private bool _read;

    public TState State { get; set; } = NewState();

    public string? Etag { get; private set; }

    public bool RecordExists
    {
        get => _read ? field : throw new InvalidOperationException($"State '{stateName}' of {grainId} has not been read yet.");
        private set;
    }

    public Task ReadStateAsync() => ReadStateAsync(CancellationToken.None);

    public Task WriteStateAsync() => WriteStateAsync(CancellationToken.None);

    public Task ClearStateAsync() => ClearStateAsync(CancellationToken.None);

    public Task ReadStateAsync(CancellationToken cancellationToken) => InOrder(() => ReadAsync(cancellationToken));

    public Task WriteStateAsync(CancellationToken cancellationToken) => InOrder(() => WriteAsync(cancellationToken));

    public Task ClearStateAsync(CancellationToken cancellationToken) => InOrder(() => ClearAsync(cancellationToken));

    private static TState NewState() =>
        typeof(TState).IsValueType || typeof(TState).GetConstructor(Type.EmptyTypes) is not null ? Activator.CreateInstance<TState>() : default!;

    // A second write that started with the ETag of before the first one would conflict with its own grain.
    private Task InOrder(Func<Task> operation)
    {
        return _last = _last.IsCompleted ? operation() : AfterAsync(_last, operation);

        static async Task AfterAsync(Task earlier, Func<Task> operation)
        {
            await earlier.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            await operation();
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var stored = await storage.ReadAsync<TState>(stateName, grainId, cancellationToken);
        State = stored.RecordExists ? stored.State! : NewState();
        Etag = stored.Etag;
        RecordExists = stored.RecordExists;
        _read = true;
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        Etag = await storage.WriteAsync(stateName, grainId, State, Etag, cancellationToken);
        RecordExists = true;
        _read = true;
    }

    private async Task ClearAsync(CancellationToken cancellationToken)
    {
        Etag = await storage.ClearAsync(stateName, grainId, Etag, cancellationToken);
        State = NewState();
        RecordExists = false;
        _read = true;
    }
}
