using System.Net;
using ClosedLoop.Delivery;
using ClosedLoop.Mail.Sink;
using ClosedLoop.Model;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Operations;

namespace ClosedLoop.Silo.Hosting;

/// <summary>Runs the built-in mail sink in the safe mode, and lets go of what it keeps when its time is over: trial mail is about people, too.</summary>
internal sealed partial class SinkService(SiloSettings settings, SinkAudience audience, SinkReturns returns, TimeProvider time, ILogger<SinkService> logger) : BackgroundService, IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ILogger _logger = logger;
    private SmtpSink? _sink;

    private bool Runs => settings.Sink.Embedded && settings.Delivery.Mode == DeliveryMode.Sink;

    public static SmtpSink Start(SiloSettings settings, Func<SinkMessage, ValueTask>? received) => Start(settings, new SmtpSinkOptions { Script = SinkScript.Standard, Received = received });

    /// <summary>A sink at the place of the settings that behaves as the options say.</summary>
    public static SmtpSink Start(SiloSettings settings, SmtpSinkOptions behaviour)
    {
        ArgumentNullException.ThrowIfNull(behaviour);
        Directory.CreateDirectory(settings.SinkPath);
        return SmtpSink.Start(behaviour with
        {
            EndPoint = new IPEndPoint(IPAddress.Parse(settings.Sink.Host), settings.Sink.Port),
            LedgerPath = LedgerPath(settings),
            StoreMessages = settings.Sink.KeepMessages,
        });
    }

    public static string LedgerPath(SiloSettings settings) => Path.Combine(settings.SinkPath, "ledger.jsonl");

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (Runs)
        {
            if (IsDue()) Remove(record => record.At < Oldest());
            _sink = Start(settings, ReceivedAsync);
        }

        return base.StartAsync(cancellationToken);
    }

    /// <summary>Takes messages out. The sink is closed for that moment; who wants to hand over meanwhile tries again.</summary>
    /// <returns>How many went.</returns>
    public async Task<int> RemoveAsync(Func<SinkRecord, bool> which)
    {
        ArgumentNullException.ThrowIfNull(which);
        await _gate.WaitAsync();
        try
        {
            if (!SinkLedger.Read(LedgerPath(settings)).Any(which)) return 0;
            if (_sink is not null) await _sink.DisposeAsync();
            try
            {
                return Remove(which);
            }
            finally
            {
                if (_sink is not null) _sink = Start(settings, ReceivedAsync);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_sink is not null) await _sink.DisposeAsync();
        _sink = null;
        _gate.Dispose();
        Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Runs
        ? RecurringWork.RunAsync(_ => IsDue() ? RemoveAsync(record => record.At < Oldest()) : Task.CompletedTask, Interval, time, LogFailed, stoppingToken)
        : Task.CompletedTask;

    /// <summary>Records stand in the order of their times, so the first line says whether anything is old; the ledger itself may have millions.</summary>
    private bool IsDue() => SinkLedger.First(LedgerPath(settings)) is { } first && first.At < Oldest();

    private DateTime Oldest() => (time.GetUtcNow() - TimeSpan.FromDays(settings.Sink.RetentionDays)).UtcDateTime;

    private int Remove(Func<SinkRecord, bool> which)
    {
        var removed = SinkRewrite.Keep(LedgerPath(settings), record => !which(record));
        if (removed > 0) LogRemoved(removed);
        return removed;
    }

    private async ValueTask ReceivedAsync(SinkMessage message)
    {
        // A mailing that is tried out again is nobody's mail: no audience acts on it, and nothing comes back from it.
        if (SinkReplay.IsOurs(message.Record.From)) return;
        if (audience.Received is { } received) await received(message);
        await returns.TakeAsync(message);
    }

    [LoggerMessage(6022, LogLevel.Information, "{Count} messages were removed from the sink")]
    private partial void LogRemoved(int count);

    [LoggerMessage(6023, LogLevel.Warning, "what the sink keeps past its retention could not be removed now")]
    private partial void LogFailed(Exception error);
}
