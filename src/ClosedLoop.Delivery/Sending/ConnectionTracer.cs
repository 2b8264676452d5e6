using System.Globalization;
using System.Text.Json;
using ClosedLoop.Data.Delivery;
using ClosedLoop.Mail.Smtp;
using ClosedLoop.Model;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Delivery.Sending;

/// <summary>
/// Writes down connections that somebody has asked to see. Any process may be the one that opens the next; who stores first has it. While nobody
/// asks, sending is passed by with one look at a field, and the table is looked at every two seconds.
/// </summary>
internal sealed partial class ConnectionTracer(ConnectionTraceStore store, TimeProvider time, ILogger<ConnectionTracer> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    private static readonly string Process = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}/{Environment.ProcessId}");

    private readonly ILogger _logger = logger;
    private readonly Lock _gate = new();
    private readonly List<Followed> _followed = [];
    private volatile IReadOnlyList<ConnectionTrace> _orders = [];
    private long _pruned;

    /// <summary>Where the client's next connection is to be written down; <c>null</c> when nobody asks.</summary>
    public SmtpTranscript? Take(long clientId)
    {
        if (_orders.Count == 0) return null;
        lock (_gate)
        {
            if (_orders.FirstOrDefault(order => order.ClientId == clientId) is not { } found) return null;
            _orders = [.. _orders.Where(order => order.TraceId != found.TraceId)];
            var followed = new Followed(found.TraceId, new SmtpTranscript(time), time.GetTimestamp());
            _followed.Add(followed);
            return followed.Transcript;
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        await StoreAsync(areOver: true).WaitAsync(TimeSpan.FromSeconds(2), time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>One look: what was said is stored, and new orders are taken note of.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        await StoreAsync(areOver: false).ConfigureAwait(false);
        var now = time.NowMicroseconds();
        var waiting = store.Waiting(now);
        lock (_gate) _orders = [.. waiting.Where(order => !_followed.Exists(followed => followed.TraceId == order.TraceId))];
        if (now - _pruned < TimeSpan.FromHours(1).TotalMicroseconds) return;
        _pruned = now;
        await store.PruneAsync(now).ConfigureAwait(false);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RecurringWork.RunAsync(LookAsync, Look, time, LogFailed, stoppingToken);

    private async Task StoreAsync(bool areOver)
    {
        List<Followed> followed;
        lock (_gate) followed = [.. _followed];
        foreach (var each in followed)
        {
            // Asked before the lines are read: a line that comes in between is in the next look.
            var isOver = areOver || each.Transcript.IsOver || time.GetElapsedTime(each.Since).TotalMicroseconds > ConnectionTrace.Longest;
            var lines = each.Transcript.Lines();
            var isMine = true;
            if (isOver || lines.Count > each.Stored) isMine = await store.WriteAsync(each.TraceId, Process, JsonOf(lines), isOver).ConfigureAwait(false);
            each.Stored = lines.Count;
            if (!isOver && isMine) continue;
            lock (_gate) _followed.Remove(each);
        }
    }

    private static string JsonOf(IReadOnlyList<SmtpTranscriptLine> lines) =>
        JsonSerializer.Serialize(lines.Select(line => new { at = Math.Round(line.At.TotalMilliseconds, 1), from = line.From.ToString(), text = line.Text }));

    private sealed class Followed(long traceId, SmtpTranscript transcript, long since)
    {
        public long TraceId => traceId;

        public SmtpTranscript Transcript => transcript;

        public long Since => since;

        /// <summary>Lines that are in the database.</summary>
        public int Stored { get; set; }
    }
}
