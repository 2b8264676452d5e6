namespace ClosedLoop.Silo.Configuration;

/// <summary>The HTTP listener.</summary>
public sealed record HttpSettings
{
    /// <summary>Address listened on; loopback unless set otherwise.</summary>
    public string Listen { get; init; } = "http://127.0.0.1:8080";

    /// <summary>
    /// Addresses or CIDR blocks, separated by commas, of reverse proxies whose <c>X-Forwarded-For</c> is believed; nobody's unless named, because
    /// anybody can send that header.
    /// </summary>
    public string? TrustedProxies { get; init; }

    internal string[] TrustedProxyList() => TrustedProxies?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
