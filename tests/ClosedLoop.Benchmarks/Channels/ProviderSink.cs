using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Benchmarks.Channels;

/// <summary>The providers in a process of their own: everything is taken and answered at once, nothing is looked at or kept.</summary>
internal static class ProviderSink
{
    private static int _ids;

    /// <summary>Prints its ports and its certificate, and ends with its standard input.</summary>
    public static async Task<int> RunAsync()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = HttpProtocols.Http2;
                listen.UseHttps(certificate);
            });
        });
        await using var app = builder.Build();
        app.Run(AnswerAsync);
        await app.StartAsync();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _ = SmppSink.AcceptAsync(listener);
        var ports = app.Urls.Order(StringComparer.Ordinal).Select(url => new Uri(url).Port).ToList();
        await Console.Out.WriteLineAsync(FormattableString.Invariant($"{ports[0]} {ports[1]} {((IPEndPoint)listener.LocalEndpoint).Port} {Convert.ToBase64String(certificate.RawData)}"));
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
        return 0;
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        await context.Request.Body.CopyToAsync(Stream.Null);
        var path = context.Request.Path.Value!;
        if (path.StartsWith("/3/device/", StringComparison.Ordinal))
        {
            context.Response.Headers["apns-id"] = Guid.NewGuid().ToString();
            return;
        }

        context.Response.ContentType = "application/json";
        var id = Interlocked.Increment(ref _ids);
        if (path == "/token") await context.Response.WriteAsync("{\"access_token\":\"t\",\"expires_in\":3600,\"token_type\":\"Bearer\"}");
        else if (path.EndsWith("messages:send", StringComparison.Ordinal)) await context.Response.WriteAsync(FormattableString.Invariant($"{{\"name\":\"projects/bench/messages/{Environment.ProcessId}-{id}\"}}"));
        else
        {
            context.Response.StatusCode = 201;
            await context.Response.WriteAsync(FormattableString.Invariant($"{{\"sid\":\"SM{Environment.ProcessId:x8}{id:x24}\",\"status\":\"queued\"}}"));
        }
    }
}
