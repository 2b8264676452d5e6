using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using ClosedLoop.Delivery.Sending;
using ClosedLoop.Intake.Zones;
using ClosedLoop.Model.Clients;
using ClosedLoop.Silo.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClosedLoop.Silo.Doctor;

/// <summary>The servers that are needed: relay, SFTP, and our own tracking host as readers see it.</summary>
internal sealed class ReachChecks(SiloSettings settings, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan CertificateWarning = TimeSpan.FromDays(14);

    public async Task<Finding> RelayAsync(ClientDefinition client, CancellationToken cancellation)
    {
        var subject = string.Create(CultureInfo.InvariantCulture, $"{client.Relay.Host}:{client.Relay.Port}");
        using var limit = Limit(cancellation);
        try
        {
            return new Finding("smtp", subject, Verdict.Ok, await RelayProbe.TryAsync(client, settings.Delivery.ClientName, limit.Token));
        }
        catch (Exception e) when (e is IOException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return new Finding("smtp", subject, Verdict.Fault, e is IOException ? e.Message : "no answer in 15 seconds", $"relay.* of client {client.Key}");
        }
    }

    public async Task<Finding?> SftpAsync(ClientDefinition client, CancellationToken cancellation)
    {
        if (client.Sftp.Host is null) return null;
        var subject = string.Create(CultureInfo.InvariantCulture, $"{client.Sftp.Host}:{client.Sftp.Port}");
        using var limit = Limit(cancellation);
        try
        {
            await using var zones = new DropZones(settings.DropPath, time, NullLoggerFactory.Instance);
            var files = await zones.Open(client).ListAsync(ZoneFolder.In, limit.Token);
            return new Finding("sftp", subject, Verdict.Ok, string.Create(CultureInfo.InvariantCulture, $"logged in, {files.Count} files in {client.Folders.In}"));
        }
#pragma warning disable CA1031 // whatever fails, it is what the person wants to hear of
        catch (Exception e) when (!cancellation.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return new Finding("sftp", subject, Verdict.Fault, e.Message, $"sftp.* of client {client.Key}");
        }
    }

    /// <summary>Name, certificate and an answer of the public address.</summary>
    public async Task<IReadOnlyList<Finding>> TrackingAsync(CancellationToken cancellation)
    {
        var url = settings.TrackingBase;
        if (url.Scheme != "https") return [new Finding("tracking", url.Host, settings.Delivery.Mode == Delivery.DeliveryMode.Live ? Verdict.Fault : Verdict.Warning, $"{url} is not https", "set Tracking:BaseUrl to a public https address")];
        using var limit = Limit(cancellation);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(url.Host, url.Port, limit.Token);
            DateTime until = default;
            await using var tls = new SslStream(client.GetStream(), leaveInnerStreamOpen: false);
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = url.Host, CertificateRevocationCheckMode = X509RevocationMode.NoCheck }, limit.Token);
            if (tls.RemoteCertificate is X509Certificate2 certificate) until = certificate.NotAfter.ToUniversalTime();
            var left = until - time.GetUtcNow().UtcDateTime;
            var verdict = left < CertificateWarning ? Verdict.Warning : Verdict.Ok;
            return
            [
                new Finding("tls", url.Host, verdict, string.Create(CultureInfo.InvariantCulture, $"{tls.SslProtocol}, certificate until {until:yyyy-MM-dd}"), verdict == Verdict.Ok ? null : "renew it"),
                await AnswersAsync(url, limit.Token),
            ];
        }
        catch (Exception e) when (e is SocketException or IOException or AuthenticationException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return [new Finding("tls", url.Host, Verdict.Fault, e is OperationCanceledException ? "no answer in 15 seconds" : e.Message, "a proxy with a valid certificate has to stand before Http:Listen")];
        }
    }

    /// <summary>A link with a wrong token is not found; anything else is not this service.</summary>
    private static async Task<Finding> AnswersAsync(Uri url, CancellationToken cancellation)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        try
        {
            using var response = await client.GetAsync(new Uri(url, "/c/doctor"), cancellation);
            return (int)response.StatusCode == 404
                ? new Finding("tracking", url.Host, Verdict.Ok, "answers")
                : new Finding("tracking", url.Host, Verdict.Fault, $"answers {(int)response.StatusCode} for a link that nobody made; expected 404", "let /o/, /c/ and /u/ through to Http:Listen");
        }
        catch (HttpRequestException e)
        {
            return new Finding("tracking", url.Host, Verdict.Fault, e.Message, "let /o/, /c/ and /u/ through to Http:Listen");
        }
    }

    private static CancellationTokenSource Limit(CancellationToken cancellation)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        return limit;
    }
}
