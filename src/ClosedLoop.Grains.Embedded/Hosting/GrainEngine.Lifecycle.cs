namespace ClosedLoop.Grains.Embedded;

/// <content>Start, housekeeping, drain.</content>
public sealed partial class GrainEngine
{
    private ITimer? _collector;
    private ITimer? _timeoutWatch;
    private int _disposed;

    /// <summary>Takes the database, makes the tables ready, starts reminders and housekeeping.</summary>
    /// <exception cref="DatabaseInUseException">Another process works on the same database.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_state != EngineState.NotStarted)
            throw new InvalidOperationException("The grain engine starts once; make a new one.");
        if (Options.Owner is not null)
            await Options.Owner.AcquireAsync(cancellationToken);
        foreach (var storage in _storages.Values.Distinct())
            await storage.InitializeAsync(cancellationToken);

        // Reminders call grains, so the engine must run before they are read.
        _state = EngineState.Running;
        await Reminders.StartAsync(cancellationToken);
        _collector = Time.CreateTimer(static state => ((GrainEngine)state!).Collect(), this, Options.CollectionQuantum, Options.CollectionQuantum);
        var watch = TimeSpan.FromTicks(Math.Clamp(Options.ResponseTimeout.Ticks / 4, TimeSpan.TicksPerMillisecond * 10, TimeSpan.TicksPerSecond));
        _timeoutWatch = Time.CreateTimer(static state => ((GrainEngine)state!).FailOverdueCalls(), this, watch, watch);
        LogStarted(Registry.Classes.Count);
    }

    /// <summary>
    /// Drains: refuses calls from outside, lets running and waiting calls end, deactivates every grain. What has not ended after
    /// <see cref="EmbeddedGrainOptions.DrainTimeout"/>, or when <paramref name="cancellationToken"/> is cancelled, is given up.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_state is EngineState.Draining or EngineState.Stopped)
            return;
        var wasRunning = _state == EngineState.Running;
        _state = EngineState.Draining;
        Reminders.Stop();
        if (wasRunning)
        {
            using var limit = new CancellationTokenSource(Options.DrainTimeout, Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            try
            {
                await DrainAsync(either.Token);
            }
            catch (OperationCanceledException)
            {
                LogDrainGivenUp(_catalogue.Count, string.Join(", ", _catalogue.Keys.Take(10)));
            }
        }

        _state = EngineState.Stopped;
        await _stopping.CancelAsync();
        foreach (var activation in _catalogue.Values)
            activation.FailAll(Stopped());
        if (_collector is not null)
            await _collector.DisposeAsync();
        if (_timeoutWatch is not null)
            await _timeoutWatch.DisposeAsync();

        // Last: while a grain could still write, no other process may own the database.
        if (Options.Owner is not null)
            await Options.Owner.DisposeAsync();
        LogStopped();
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        await StopAsync(CancellationToken.None);
        Reminders.Dispose();
        _meter.Dispose();
        _stopping.Dispose();
    }

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The process drains.");

        // A grain that ends its work may activate others, so this goes round until nobody is left.
        while (_catalogue.Values.ToArray() is { Length: > 0 } living)
        {
            foreach (var activation in living)
                activation.RequestDeactivation(reason, afterWaiting: true);
            await Task.WhenAll(living.Select(activation => activation.Gone)).WaitAsync(cancellationToken);
        }
    }

    private void Collect()
    {
        var now = Time.GetTimestamp();
        foreach (var activation in _catalogue.Values)
            activation.CollectWhenIdle(now);
    }

    private void FailOverdueCalls()
    {
        var madeBefore = Time.GetTimestamp() - (long)(Options.ResponseTimeout.TotalSeconds * Time.TimestampFrequency);
        foreach (var activation in _catalogue.Values)
            activation.FailOverdue(madeBefore, Options.ResponseTimeout);
    }
}
