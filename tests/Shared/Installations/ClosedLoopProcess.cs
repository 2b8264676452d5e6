using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ClosedLoop.Testing.Installations;

/// <summary>One run of the built program, as a process of its own.</summary>
internal class ClosedLoopProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _command;
    private readonly StringBuilder _error = new();
    private readonly StringBuilder _output = new();
    private bool _disposed;

    public ClosedLoopProcess(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        _command = "closedloop " + string.Join(' ', arguments);
        var start = new ProcessStartInfo(Host) { RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true, UseShellExecute = false };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "closedloop.dll"));
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        _process = new Process { StartInfo = start };
        _process.ErrorDataReceived += (_, line) => Keep(_error, line.Data);
        _process.OutputDataReceived += (_, line) => Keep(_output, line.Data);
        _process.Start();
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
    }

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <summary>Of a process that has ended; 128 and the number of the signal that ended it.</summary>
    public int ExitCode => _process.ExitCode;

    public string Output => Text(_output);

    public string Error => Text(_error);

    /// <summary>Command, end and messages, for a failed assertion.</summary>
    public string Story
    {
        get
        {
            var end = HasEnded ? $"ended with {_process.ExitCode.ToString(CultureInfo.InvariantCulture)}" : "is running";
            var error = Error;
            return $"[{_command} {end}]{Environment.NewLine}{(error.Length > 6000 ? "…" + error[^6000..] : error)}";
        }
    }

    private static string Host => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";

    public void ThrowIfEnded(string waitingFor)
    {
        if (HasEnded) throw new InvalidOperationException($"the process ended while waiting for {waitingFor}{Environment.NewLine}{Story}");
    }

    /// <summary>KILL: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await ExitCodeAsync();
    }

    /// <summary>TERM: the request to stop.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> TerminateAsync()
    {
        await SignalAsync("TERM");
        return await ExitCodeAsync();
    }

    /// <summary>Sends a signal by its name, such as <c>STOP</c>.</summary>
    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits for the end of the process and of its output.</summary>
    public async Task<int> ExitCodeAsync()
    {
        using var limit = new CancellationTokenSource(Eventually.Patience);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException($"the process does not end{Environment.NewLine}{Story}", e);
        }

        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
        GC.SuppressFinalize(this);
    }

    private static void Keep(StringBuilder text, string? line)
    {
        if (line is null) return;
        lock (text) text.Append(line).Append('\n');
    }

    private static string Text(StringBuilder text)
    {
        lock (text) return text.ToString();
    }
}
