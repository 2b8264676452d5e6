using System.Globalization;
using System.Net;
using ClosedLoop.Delivery.Fetching;

namespace ClosedLoop.Silo.Configuration;

/// <summary>What may be fetched from other servers for mailings; nothing until a host is allowed.</summary>
public sealed record ContentFetchSettings
{
    /// <summary>Host names, comma between; <c>*.example.com</c> for all names below one.</summary>
    public string? AllowedHosts { get; init; }

    /// <summary>Ports that may be asked, comma between.</summary>
    public string Ports { get; init; } = "80,443";

    /// <summary>Networks inside that may be asked, as CIDR blocks, comma between.</summary>
    public string? AllowPrivate { get; init; }

    /// <summary>Seconds for name look-up, connection and TLS.</summary>
    public double ConnectSeconds { get; init; } = 5;

    /// <summary>Seconds for one attempt as a whole.</summary>
    public double TimeoutSeconds { get; init; } = 15;

    /// <summary>Redirects followed in a row.</summary>
    public int MaxRedirects { get; init; } = 3;

    /// <summary>Bytes of one text after decompression.</summary>
    public int MaxTextBytes { get; init; } = 256 * 1024;

    /// <summary>Requests to one host at the same time.</summary>
    public int PerHost { get; init; } = 8;

    internal static string[] List(string? value) => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    internal ContentFetchOptions ToOptions() => new()
    {
        AllowedHosts = List(AllowedHosts),
        Ports = [.. List(Ports).Select(port => int.Parse(port, CultureInfo.InvariantCulture))],
        AllowPrivate = [.. List(AllowPrivate).Select(IPNetwork.Parse)],
        ConnectTimeout = TimeSpan.FromSeconds(ConnectSeconds),
        Timeout = TimeSpan.FromSeconds(TimeoutSeconds),
        MaxRedirects = MaxRedirects,
        MaxTextBytes = MaxTextBytes,
        PerHost = PerHost,
    };
}
