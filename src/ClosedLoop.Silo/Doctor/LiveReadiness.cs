using System.Net;
using ClosedLoop.Delivery;
using ClosedLoop.Model.Clients;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Doctor;

/// <summary>
/// What mode Live needs and can be judged without asking anybody: looked at at each start. What needs the network is the doctor's; a start that failed because a name server
/// is away would stop mail that goes out well.
/// </summary>
internal static class LiveReadiness
{
    /// <summary>What is missing; mail must not go to people before it is there.</summary>
    public static IEnumerable<string> Missing(SiloSettings settings, IEnumerable<ClientDefinition> clients)
    {
        if (settings.Delivery.Mode != DeliveryMode.Live) yield break;
        foreach (var finding in MachineChecks.Keys(settings, ownOnly: true).Where(finding => finding.Verdict == Verdict.Fault)) yield return $"CL9610: {finding.Found}; {finding.Fix}";
        foreach (var client in clients)
        {
            if (settings.Sink.Embedded && client.Relay.Host == settings.Sink.Host && client.Relay.Port == settings.Sink.Port) yield return $"CL9610: client {client.Key}: its relay {client.Relay.Host}:{client.Relay.Port} is the sink's place; set relay.host to a mail server.";
            if (client.Relay is { Tls: "none", User: not null } && !IsThisMachine(client.Relay.Host)) yield return $"CL9610: client {client.Key}: relay.tls is none and relay.user is set; the password would go over the network as it is.";
            if (client.Relay.PasswordSetting is { } name && Environment.GetEnvironmentVariable(name) is null) yield return $"CL9610: client {client.Key}: the environment variable {name} (relay.passwordSetting) is not set.";
            if (client.Relay.TokenFile is { } token && !File.Exists(token)) yield return $"CL9610: client {client.Key}: {token} (relay.tokenFile) does not exist.";
        }
    }

    /// <summary>What is done without at a price.</summary>
    public static IEnumerable<string> Advice(SiloSettings settings, IEnumerable<ClientDefinition> clients)
    {
        if (settings.Delivery.Mode != DeliveryMode.Live) yield break;
        if (settings.Inbound is { Maildir: null, Pop3.Host: null, HttpKeyFile: null }) yield return "no entry for returned mail is set (Inbound:*): late bounces and complaints are not seen";
        foreach (var client in clients.Where(client => !settings.Delivery.Dkim.Any(key => IsOf(client.Sender.WireDomain, key.Domain))))
            yield return $"client {client.Key}: no DKIM key signs mail of {client.Sender.WireDomain}; be sure that the relay does";
    }

    private static bool IsOf(string domain, string parent) => domain.Equals(parent, StringComparison.OrdinalIgnoreCase) || domain.EndsWith('.' + parent, StringComparison.OrdinalIgnoreCase);

    private static bool IsThisMachine(string host) => host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
