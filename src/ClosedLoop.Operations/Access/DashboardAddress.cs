using System.Net;

namespace ClosedLoop.Operations.Access;

/// <summary>By which addresses the operator listener may be called.</summary>
internal static class DashboardAddress
{
    private static readonly string[] LoopbackNames = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>Where a browser, or a command on this machine, finds the listener: nobody can open 0.0.0.0.</summary>
    public static string Of(string listen)
    {
        var address = new Uri(listen);
        return IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any))
            ? FormattableString.Invariant($"{address.Scheme}://127.0.0.1:{address.Port}")
            : listen.TrimEnd('/');
    }

    /// <summary>What stands before the path of a link that a person is given.</summary>
    public static string Front(this OperationsOptions options) => options.Address?.GetLeftPart(UriPartial.Authority) ?? Of(options.Listen);

    /// <summary>Whether the listener is published on loopback only, as its address says: a container on the machine of who looks.</summary>
    public static bool IsPublishedOnLoopback(this OperationsOptions options) => options.Address is { IsLoopback: true, Scheme: "http" };

    /// <summary>Whether a request names a host that the dashboard may be called by. A page that another name leads to is not shown: over http its password would travel in clear text, and a name of somebody else's makes foreign pages ours (DNS rebinding).</summary>
    /// <param name="options">What the settings say.</param>
    /// <param name="host">The host of the request, without its port.</param>
    public static bool Takes(this OperationsOptions options, string host) =>
        options.Address is not { } address
        || string.Equals(host, address.Host, StringComparison.OrdinalIgnoreCase)
        || LoopbackNames.Contains(host, StringComparer.OrdinalIgnoreCase)
        || string.Equals(host, new Uri(options.Listen).Host, StringComparison.OrdinalIgnoreCase);
}
