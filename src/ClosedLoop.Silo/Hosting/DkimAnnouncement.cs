using ClosedLoop.Delivery;

namespace ClosedLoop.Silo.Hosting;

/// <summary>Says at the start what must stand in the DNS for each signing key, so that nobody has to derive it by hand. Public halves only.</summary>
internal sealed partial class DkimAnnouncement(DeliveryOptions options, ILogger<DkimAnnouncement> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var key in options.DkimSigners.Values.SelectMany(signer => signer.Keys).OrderBy(key => key.DnsName, StringComparer.Ordinal))
            LogRecord(key.Domain, key.DnsName, key.DnsRecord);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(6011, LogLevel.Information, "Mail of {Domain} is signed by DKIM; TXT record at {Name}: {Record}")]
    private partial void LogRecord(string domain, string name, string record);
}
