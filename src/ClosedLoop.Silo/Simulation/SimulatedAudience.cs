using System.Collections.Concurrent;
using ClosedLoop.Mail.Sink;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Hosting;

namespace ClosedLoop.Silo.Simulation;

/// <summary>The audience of a service whose clock is the machine's: reads what the sink took, and does with each message what the cast says, in pressed time.</summary>
internal sealed class SimulatedAudience : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly SiloSettings _settings;
    private readonly Cast _cast;
    private readonly string _run;
    private readonly SimulatedDeeds _deeds;
    private readonly SemaphoreSlim _few = new(SimulatedDeeds.AtOnce, SimulatedDeeds.AtOnce);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentBag<Task> _doing = [];
    private readonly Task _watching;
    private long _offset;

    public SimulatedAudience(SiloSettings settings, Scenario scenario, string run, SimulatedDeeds deeds)
    {
        (_settings, _cast, _run, _deeds) = (settings, new Cast(scenario), run, deeds);

        // What the sink took before is none of ours.
        var ledger = new FileInfo(SinkService.LedgerPath(settings));
        _offset = ledger.Exists ? ledger.Length : 0;
        _watching = Task.Run(WatchAsync);
    }

    /// <summary>Ends with the error that kept it from watching, if any.</summary>
    public Task Watching => _watching;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll([_watching, .. _doing]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _few.Dispose();
        _end.Dispose();
    }

    private async Task WatchAsync()
    {
        var path = SinkService.LedgerPath(_settings);
        while (!_end.IsCancellationRequested)
        {
            var (records, end) = SinkLedger.ReadFrom(path, _offset);
            _offset = end;
            foreach (var record in records) Receive(record);
            if (records.Count == 0) await Task.Delay(Look, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Receive(SinkRecord record)
    {
        if (record.To is not [var address] || SimulatedFile.IndexOf(address, _run) is not { } index || !_deeds.Tally.AddMessage(index)) return;
        var deeds = _cast.DeedsOf(index);
        if (deeds.Count == 0) return;
        var reader = _deeds.ReaderOf(record);
        _deeds.Tally.AddPending(deeds.Count);
        foreach (var deed in deeds) _doing.Add(DoAsync(deed, index, record, reader));
    }

    private async Task DoAsync(PlannedDeed deed, int index, SinkRecord mail, SimulatedReader reader)
    {
        try
        {
            await Task.Delay(_cast.Pressed(deed.After), _end.Token);
            await _few.WaitAsync(_end.Token);
            try
            {
                await _deeds.DoAsync(deed, index, mail, reader, _end.Token);
            }
            finally
            {
                _few.Release();
            }
        }
        catch (OperationCanceledException)
        {
            // The rehearsal is broken off.
        }
        finally
        {
            _deeds.Tally.AddPending(-1);
        }
    }
}
