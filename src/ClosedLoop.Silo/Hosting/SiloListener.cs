using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ClosedLoop.Silo.Hosting;

/// <summary>Limits of the HTTP listener: on by default, because it is open to the world.</summary>
internal static class SiloListener
{
    public static void Limit(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = 10_000;
        kestrel.Limits.MaxRequestBodySize = 64 * 1024;
        kestrel.Limits.MaxRequestLineSize = 16 * 1024;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);
    }
}
