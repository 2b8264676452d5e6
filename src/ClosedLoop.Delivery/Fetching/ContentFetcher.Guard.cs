using System.Net;
using System.Net.Sockets;
using ClosedLoop.Model.Delivery;

namespace ClosedLoop.Delivery.Fetching;

/// <summary>Who may be asked.</summary>
public sealed partial class ContentFetcher
{
    /// <summary>Checks host and port against the lists, at the beginning and at every redirect.</summary>
    /// <returns>The entry of the service's list that allows it.</returns>
    internal string Admit(ContentAddress address, HostList hosts)
    {
        if (_hosts.IsEmpty) throw new ContentException(ContentFault.SwitchedOff, $"{address} is asked for, but no host is allowed", "its host in ContentFetch:AllowedHosts");
        if (_hosts.EntryOf(address.Host) is not { } entry) throw new ContentException(ContentFault.HostRefused, $"{address}: the service does not allow this host", "a host of ContentFetch:AllowedHosts");
        if (hosts.EntryOf(address.Host) is null) throw new ContentException(ContentFault.HostRefused, $"{address}: the client is not allowed this host", "a host of content.allowedHosts in client.json");
        if (!_options.Ports.Contains(address.Uri.Port)) throw new ContentException(ContentFault.PortRefused, $"{address}: port {address.Uri.Port}", "a port of ContentFetch:Ports");
        return entry;
    }

    /// <summary>Refuses plain http, see <see cref="ContentRequest.SecureOnly"/>.</summary>
    internal void RequireSecure(ContentAddress address)
    {
        var isOpened = IPAddress.TryParse(address.Host, out var literal) && _options.AllowPrivate.Any(network => network.Contains(literal));
        if (address.Uri.Scheme != Uri.UriSchemeHttps && !isOpened) throw new ContentException(ContentFault.SchemeRefused, $"{address} is not https", "https");
    }

    /// <summary>
    /// The only place where a connection is opened. The addresses are looked up here, checked here and connected to here: a name server that
    /// gives another answer a moment later (DNS rebinding) is not asked again.
    /// </summary>
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = await ResolveAsync(host, cancellation);
        foreach (var address in addresses)
        {
            // One address inside condemns the whole answer: it is an attack or a mistake, and either should be seen.
            if (!AddressRules.MayReach(address, _options.AllowPrivate))
                throw new ContentException(ContentFault.InsideRefused, $"{host} stands for {address}", "an address of the public internet, or a network of ContentFetch:AllowPrivate");
        }

        SocketException? last = null;
        foreach (var address in addresses)
        {
            try
            {
                return await _options.Dial(new IPEndPoint(address, context.DnsEndPoint.Port), cancellation);
            }
            catch (SocketException e)
            {
                last = e;
            }
        }

        throw new ContentException(ContentFault.NotConnected, $"{host}: {last!.Message}", "a server that takes connections", last);
    }

    private async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellation)
    {
        if (IPAddress.TryParse(host, out var literal)) return [literal];
        try
        {
            var addresses = await _options.Resolve(host, cancellation);
            if (addresses.Length > 0) return addresses;
        }
        catch (SocketException e)
        {
            throw new ContentException(ContentFault.NotResolved, $"{host}: {e.Message}", "a name with an address", e);
        }

        throw new ContentException(ContentFault.NotResolved, $"{host} has no address", "a name with an address");
    }
}
