using System.Diagnostics;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Model.Testing;
using ClosedLoop.Rig.Books;

namespace ClosedLoop.Rig.Trials;

/// <summary>The service through its deaths: the process of the moment, and what is measured when one ends and the next begins.</summary>
internal sealed class Service(Installation installation, SinkWatch sink, Func<bool> isSent, TrialResult result) : IAsyncDisposable
{
    private const int Killed = 128 + 9;

    private static readonly TimeSpan Afterglow = TimeSpan.FromMilliseconds(200);

    private SiloProcess? _process;
    private Task _resuming = Task.CompletedTask;
    private bool _stopping;
    private volatile bool _killed;

    public bool HasEnded => _process!.HasEnded;

    public SiloProcess Process => _process!;

    /// <summary>Starts the first process.</summary>
    /// <param name="killAt">Value of <see cref="KillSwitch.Variable"/>, for this process only.</param>
    public void Launch(string? killAt)
    {
        if (killAt is not null) installation.Environment[KillSwitch.Variable] = killAt;
        _process = SiloProcess.Launch(installation);
        installation.Environment.Remove(KillSwitch.Variable);
    }

    /// <summary>KILL. The run starts the next process when it notices.</summary>
    public async Task KillAsync()
    {
        result.Struck = true;
        _killed = true;
        await _process!.SignalAsync("KILL");
    }

    /// <summary>TERM; ending with 0 is then no surprise.</summary>
    public async Task TerminateAsync()
    {
        _stopping = true;
        await _process!.SignalAsync("TERM");
    }

    /// <summary>Takes note of an end and starts the next process.</summary>
    public async Task RestartAsync()
    {
        var code = await _process!.ExitCodeAsync();
        if (code == Killed)
        {
            result.Kills++;
            result.Struck = true;
            result.InDoubt.Add((int)installation.Books.CountState(RecipientState.Sending));
        }
        else if (!(_stopping && code == 0))
        {
            throw new InvalidDataException($"the service ended by itself with {code}: {_process.Story}");
        }

        _stopping = _killed = false;
        await _resuming;
        await _process.DisposeAsync();
        var clock = Stopwatch.StartNew();
        _process = SiloProcess.Launch(installation);
        _resuming = ResumedAsync(_process, clock, isCounted: code == Killed);
    }

    public async Task<bool> AnswersAsync() => await Process.AnswersAsync();

    /// <summary>Starts the next process when KILL was sent to this one, also while it is still dying.</summary>
    public async Task ReplaceKilledAsync()
    {
        if (_killed) await RestartAsync();
    }

    /// <summary>Ends the last process in peace.</summary>
    public async Task EndAsync()
    {
        await _resuming;
        var code = await Process.TerminateAsync();
        if (code != 0) result.Broken.Add($"asked to stop, the service ended with {code}: {Process.Story}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is null) return;
        if (!_process.HasEnded) await _process.KillAsync();
        await _resuming;
        await _process.DisposeAsync();
    }

    private async Task ResumedAsync(SiloProcess process, Stopwatch clock, bool isCounted)
    {
        // What the dead process had handed to the kernel may arrive now; no process is up and sending this soon.
        await Task.Delay(Afterglow);
        var before = sink.Count;
        while (!process.HasEnded && clock.Elapsed < Eventually.Patience)
        {
            if (sink.Count > before || (isSent() && await process.AnswersAsync()))
            {
                if (isCounted) result.Resumed.Add(clock.Elapsed.TotalSeconds);
                return;
            }

            await Task.Delay(5);
        }
    }
}
