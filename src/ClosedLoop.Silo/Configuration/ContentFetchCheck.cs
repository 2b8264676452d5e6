using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ClosedLoop.Delivery.Fetching;

namespace ClosedLoop.Silo.Configuration;

/// <summary>Checks the settings of referenced content.</summary>
internal static class ContentFetchCheck
{
    public static IEnumerable<string> Faults(ContentFetchSettings fetch)
    {
        foreach (var host in ContentFetchSettings.List(fetch.AllowedHosts))
        {
            if (HostList.Fault(host) is { } fault) yield return $"ClosedLoop:ContentFetch:AllowedHosts: {fault}.";
        }

        var ports = ContentFetchSettings.List(fetch.Ports);
        if (ports.Length == 0 || !ports.All(port => int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 65535))
            yield return $"ClosedLoop:ContentFetch:Ports is '{fetch.Ports}'; expected numbers from 1 to 65535, comma between.";
        foreach (var network in ContentFetchSettings.List(fetch.AllowPrivate).Where(network => !IsNetworkInside(network)))
            yield return $"ClosedLoop:ContentFetch:AllowPrivate has '{network}'; expected a CIDR block such as 10.1.2.0/24, of 8 bits or more (IPv6: 7).";
        if (fetch.ConnectSeconds is not (>= 0.1 and <= 60)) yield return $"ClosedLoop:ContentFetch:ConnectSeconds is {fetch.ConnectSeconds}; expected 0.1 to 60.";
        if (fetch.TimeoutSeconds is not (>= 0.1 and <= 300)) yield return $"ClosedLoop:ContentFetch:TimeoutSeconds is {fetch.TimeoutSeconds}; expected 0.1 to 300.";
        if (fetch.MaxRedirects is < 0 or > 5) yield return $"ClosedLoop:ContentFetch:MaxRedirects is {fetch.MaxRedirects}; expected 0 to 5.";
        if (fetch.MaxTextBytes is < 1024 or > 10_485_760) yield return $"ClosedLoop:ContentFetch:MaxTextBytes is {fetch.MaxTextBytes}; expected 1024 to 10485760.";
        if (fetch.PerHost is < 1 or > 64) yield return $"ClosedLoop:ContentFetch:PerHost is {fetch.PerHost}; expected 1 to 64.";
    }

    private static bool IsNetworkInside(string text) => IPNetwork.TryParse(text, out var network)
        && network.PrefixLength >= (network.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? 8 : 7);
}
