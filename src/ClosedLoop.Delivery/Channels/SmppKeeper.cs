using ClosedLoop.Data.Clients;
using ClosedLoop.Model;
using ClosedLoop.Model.Mailings;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Delivery.Channels;

/// <summary>Keeps sessions with message centres open while nothing is sent: receipts of earlier messages, and the answers of people, come over them.</summary>
internal sealed partial class SmppKeeper(
    DefinitionStore definitions, ChannelTransports transports, DeliveryOptions options, TimeProvider time, ILogger<SmppKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);
    private readonly ILogger _logger = logger;

    /// <summary>Opens what is closed.</summary>
    /// <returns>Sessions that stand.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var open = 0;
        foreach (var client in definitions.Clients().Where(client => client.Value.Channels?.Sms?.Smpp is { Bind: "transceiver" }))
        {
            await using var lease = transports.Rent(client.Value, client.Version, MessageChannel.Sms);
            foreach (var transport in lease.Transports)
            {
                if (await transport.ReadyAsync(cancellation).ConfigureAwait(false) is { } refusal) LogClosed(client.Value.Key, refusal.Text);
                else open++;
            }
        }

        return open;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        options.Mode == DeliveryMode.Live ? RecurringWork.RunAsync(RunAsync, Interval, time, LogFailed, stoppingToken) : Task.CompletedTask;
}
