using System.Text;
using System.Threading.Channels;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Logging;

/// <summary>
/// Writes the log to files as well, for <c>closedloop logs</c>: a service's manager may keep its standard error where an operator cannot look. Nobody who logs waits
/// for the disk; when it cannot keep up or is full, lines are left out here, and they stand on standard error all the same.
/// </summary>
internal sealed class LogFile : ILoggerProvider
{
    /// <summary>Lines that may wait for the disk.</summary>
    private const int Waiting = 10_000;

    private readonly Channel<LogLine> _lines = Channel.CreateBounded<LogLine>(new BoundedChannelOptions(Waiting) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });
    private readonly LogFolder _folder;
    private readonly LogSettings _settings;
    private readonly TimeProvider _time;
    private readonly Task _writing;

    public LogFile(SiloSettings settings, TimeProvider time)
    {
        (_folder, _settings, _time) = (new LogFolder(settings.LogPath), settings.Log, time);
        _writing = Task.Run(WriteAsync);
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    /// <summary>What was logged before is in the file when this returns.</summary>
    public void Dispose()
    {
        _lines.Writer.TryComplete();
        _writing.GetAwaiter().GetResult();
    }

    private async Task WriteAsync()
    {
        FileStream? file = null;
        try
        {
            while (await _lines.Reader.WaitToReadAsync())
            {
                try
                {
                    file = Write(file);
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    // The disk is full or the folder is not ours. It must not end the service, and there is nowhere to say it: the watch of the disk does.
                    if (file is not null) await file.DisposeAsync();
                    file = null;
                }
            }
        }
        finally
        {
            if (file is not null) await file.DisposeAsync();
        }
    }

    private FileStream Write(FileStream? file)
    {
        var text = new StringBuilder();
        while (text.Length < 256 * 1024 && _lines.Reader.TryRead(out var line)) text.Append(line.ToJson()).Append('\n');
        file ??= _folder.Open();
        file.Write(Encoding.UTF8.GetBytes(text.ToString()));
        if (file.Length < _settings.FileMegabytes * 1024L * 1024) return file;
        file.Dispose();
        _folder.Close(_time.GetUtcNow(), _settings.FilesKept);
        return _folder.Open();
    }

    private string Clean(string text) => _settings.MaskAddresses ? AddressMask.Apply(text) : text;

    private sealed class Logger(LogFile owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            owner._lines.Writer.TryWrite(LogLine.Now(
                owner._time, logLevel, eventId.Id, category, owner.Clean(formatter(state, exception)), exception is null ? null : owner.Clean(exception.ToString())));
    }
}
