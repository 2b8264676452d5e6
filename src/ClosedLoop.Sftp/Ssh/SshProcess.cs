using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace ClosedLoop.Sftp.Ssh;

/// <summary>The OpenSSH client as a child process; its standard input and output are the channel.</summary>
internal sealed class SshProcess : ISftpChannel
{
    /// <summary>What a talkative banner or server may leave in memory.</summary>
    private const int MaxComplaint = 16 * 1024;

    private readonly Process _process;
    private readonly StringBuilder _complaint = new();
    private readonly Task _listening;
    private Task? _ending;

    private SshProcess(Process process)
    {
        _process = process;
        _listening = ListenAsync();
    }

    public Stream Input => _process.StandardOutput.BaseStream;

    public Stream Output => _process.StandardInput.BaseStream;

    public static SshProcess Start(SftpOptions options)
    {
        var start = new ProcessStartInfo(options.SshProgram) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in SshCommand.Of(options)) start.ArgumentList.Add(argument);
        start.Environment["LC_ALL"] = "C";
        try
        {
            return new SshProcess(Process.Start(start)!);
        }
        catch (Win32Exception e)
        {
            throw new SftpException(SftpError.InvalidArgument, $"'{options.SshProgram}' cannot be started ({e.Message}); expected the OpenSSH client, on Debian: apt-get install openssh-client.", e);
        }
    }

    /// <summary>Why the channel ended; waits a moment for the client's last words.</summary>
    public async Task<SftpException> ReasonAsync(string during, Exception? cause)
    {
        await Task.WhenAny(_listening, Task.Delay(TimeSpan.FromSeconds(2))).ConfigureAwait(false);
        string text;
        lock (_complaint) text = _complaint.ToString().Trim();
        var said = text.Length == 0 ? "the connection ended without a message" : text.ReplaceLineEndings("; ");
        return new SftpException(SshComplaint.Read(text), $"{during}: {said}.", cause);
    }

    /// <summary>May be called by whoever notices first, and by the owner afterwards.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_complaint) return new ValueTask(_ending ??= EndAsync());
    }

    private async Task EndAsync()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // Ended by itself.
        }

        await _process.WaitForExitAsync().ConfigureAwait(false);
        await _listening.ConfigureAwait(false);
        _process.Dispose();
    }

    private async Task ListenAsync()
    {
        while (await _process.StandardError.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            lock (_complaint)
            {
                if (_complaint.Length < MaxComplaint) _complaint.Append(line).Append('\n');
            }
        }
    }
}
