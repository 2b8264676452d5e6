using System.Collections.Concurrent;
using ClosedLoop.Mail.Sink;
using ClosedLoop.Mail.Smtp;

namespace ClosedLoop.Mail.Tests.Support;

/// <summary>A sink that keeps what it took in memory.</summary>
internal sealed class RecordingSink : IAsyncDisposable
{
    private readonly ConcurrentQueue<SinkMessage> _taken = new();
    private readonly SmtpSink _sink;

    public RecordingSink(SmtpSinkOptions? options = null) => _sink = SmtpSink.Start((options ?? new SmtpSinkOptions()) with
    {
        Received = message =>
        {
            _taken.Enqueue(message);
            return ValueTask.CompletedTask;
        },
    });

    public IReadOnlyList<SinkMessage> Taken => [.. _taken];

    public System.Net.IPEndPoint EndPoint => _sink.EndPoint;

    public SmtpRelayOptions Relay => new() { Host = "127.0.0.1", Port = _sink.EndPoint.Port, Tls = SmtpTls.None };

    public ValueTask DisposeAsync() => _sink.DisposeAsync();

    /// <summary>Sends over one connection and gives the results as action, code and stage.</summary>
    public async Task<List<string>> SendAsync(IReadOnlyList<SmtpEnvelope> batch, Func<SmtpRelayOptions, SmtpRelayOptions>? change = null)
    {
        var results = new List<string>();
        await using var connection = await SmtpConnection.ConnectAsync(change is null ? Relay : change(Relay), CancellationToken.None);
        await connection.SendBatchAsync(batch, (_, r) => results.Add($"{r.Action} {r.Code} {r.Stage}"), CancellationToken.None);
        return results;
    }
}
