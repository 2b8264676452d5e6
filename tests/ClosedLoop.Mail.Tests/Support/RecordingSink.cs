using System.Collections.Concurrent;
using ClosedLoop.Mail.Sink;
using ClosedLoop.Mail.Smtp;

namespace ClosedLoop.Mail.Tests.Support;

/// <summary>A sink that keeps what it took in memory.</summary>
internal sealed class RecordingSink : IAsyncDisposable
{
    private readonly ConcurrentQueue<SinkMessage> _taken = new();
    private readonly SemaphoreSlim _arrivals = new(0);
    private readonly SmtpSink _sink;

    public RecordingSink(SmtpSinkOptions? options = null) => _sink = SmtpSink.Start((options ?? new SmtpSinkOptions()) with
    {
        Received = message =>
        {
            _taken.Enqueue(message);
            _arrivals.Release();
            return ValueTask.CompletedTask;
        },
    });

    public IReadOnlyList<SinkMessage> Taken => [.. _taken];

    public System.Net.IPEndPoint EndPoint => _sink.EndPoint;

    public SmtpRelayOptions Relay => new() { Host = "127.0.0.1", Port = _sink.EndPoint.Port, Tls = SmtpTls.None };

    public async ValueTask DisposeAsync()
    {
        await _sink.DisposeAsync();
        _arrivals.Dispose();
    }

    /// <summary>Waits for that many more messages.</summary>
    public async Task WaitAsync(int messages)
    {
        for (; messages > 0; messages--)
            Assert.True(await _arrivals.WaitAsync(TimeSpan.FromMinutes(1)), $"{messages} more messages were expected");
    }

    /// <summary>Sends over one connection and gives the results as action, code and stage.</summary>
    public async Task<List<string>> SendAsync(IReadOnlyList<SmtpEnvelope> batch, Func<SmtpRelayOptions, SmtpRelayOptions>? change = null)
    {
        var results = new List<string>();
        await using var connection = await SmtpConnection.ConnectAsync(change is null ? Relay : change(Relay), CancellationToken.None);
        await connection.SendBatchAsync(batch, (_, r) => results.Add($"{r.Action} {r.Code} {r.Stage}"), CancellationToken.None);
        return results;
    }
}
