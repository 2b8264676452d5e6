using System.Net;
using ClosedLoop.Delivery;
using ClosedLoop.Mail.Sink;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Hosting;

/// <summary>Runs the built-in mail sink in the safe mode.</summary>
internal sealed class SinkService(SiloSettings settings, SinkAudience audience, SinkReturns returns) : IHostedService, IAsyncDisposable
{
    private SmtpSink? _sink;

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

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings.Sink.Embedded && settings.Delivery.Mode == DeliveryMode.Sink) _sink = Start(settings, ReceivedAsync);
        return Task.CompletedTask;
    }

    private async ValueTask ReceivedAsync(SinkMessage message)
    {
        if (audience.Received is { } received) await received(message);
        await returns.TakeAsync(message);
    }

    public async Task StopAsync(CancellationToken cancellationToken) => await DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        if (_sink is not null) await _sink.DisposeAsync();
        _sink = null;
    }
}
