using System.Net;
using ClosedLoop.Mail.Inbound;

namespace ClosedLoop.Silo.Configuration;

/// <summary>Checks the settings of returned mail.</summary>
internal static class InboundCheck
{
    public static IEnumerable<string> Faults(InboundSettings inbound)
    {
        if (inbound.PollSeconds is not (>= 0.1 and <= 3600)) yield return $"ClosedLoop:Inbound:PollSeconds is {inbound.PollSeconds}; expected 0.1 to 3600.";
        if (inbound.MaxMessageBytes is < 65_536 or > 104_857_600) yield return $"ClosedLoop:Inbound:MaxMessageBytes is {inbound.MaxMessageBytes}; expected 65536 to 104857600.";
        if (inbound.RetentionDays is < 1 or > 3650) yield return $"ClosedLoop:Inbound:RetentionDays is {inbound.RetentionDays}; expected 1 to 3650.";
        if (inbound.SoftDecayDays is < 1 or > 365) yield return $"ClosedLoop:Inbound:SoftDecayDays is {inbound.SoftDecayDays}; expected 1 to 365.";
        if (inbound.HttpKeyFile is { } key && !File.Exists(key)) yield return $"ClosedLoop:Inbound:HttpKeyFile is '{key}', which does not exist.";
        if (inbound.UnsubscribeDomain is { } domain && Uri.CheckHostName(domain) != UriHostNameType.Dns) yield return $"ClosedLoop:Inbound:UnsubscribeDomain is '{domain}'; expected a domain such as return.example.org.";
        foreach (var fault in OfPop3(inbound.Pop3)) yield return fault;
    }

    private static IEnumerable<string> OfPop3(Pop3Settings pop3)
    {
        if (pop3.Host is null) yield break;
        if (Uri.CheckHostName(pop3.Host) == UriHostNameType.Unknown) yield return $"ClosedLoop:Inbound:Pop3:Host is '{pop3.Host}'; expected a host name or address.";
        if (pop3.Port is < 1 or > 65535) yield return $"ClosedLoop:Inbound:Pop3:Port is {pop3.Port}; expected 1 to 65535.";
        if (string.IsNullOrEmpty(pop3.User)) yield return "ClosedLoop:Inbound:Pop3:User is empty; expected the name of the box.";
        if (pop3.PasswordFile is null || !File.Exists(pop3.PasswordFile)) yield return $"ClosedLoop:Inbound:Pop3:PasswordFile is '{pop3.PasswordFile}'; expected a file that holds the password.";
        if (pop3.TimeoutSeconds is < 1 or > 600) yield return $"ClosedLoop:Inbound:Pop3:TimeoutSeconds is {pop3.TimeoutSeconds}; expected 1 to 600.";

        // RFC 8314 section 3: a password in the clear may go to this machine only.
        if (pop3.Tls == Pop3Tls.None && !(IPAddress.TryParse(pop3.Host, out var address) ? IPAddress.IsLoopback(address) : pop3.Host == "localhost"))
            yield return "ClosedLoop:Inbound:Pop3:Tls is None; expected Implicit or StartTls for a server on another machine.";
    }
}
