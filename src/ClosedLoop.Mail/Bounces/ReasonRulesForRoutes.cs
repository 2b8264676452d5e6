namespace ClosedLoop.Mail.Bounces;

/// <summary>Failures on the way: names, routes, hosts, programs.</summary>
internal static class ReasonRulesForRoutes
{
    public static IReadOnlyList<ReasonRule> Ordered { get; } =
    [
        new(BounceReason.NoMailService,
            "null mx", "nullmx", "no smtp service", "not accepting network messages", "host does not accept", "does not accept mail", "doesn't accept mail", "accepts no mail", "no mx record", "no mx found", "no mail exchange", "mx record not found", "no mail exchanger", "couldn't find a mail exchanger", "could not find a mail exchanger", "find any host*accept mail", "no mail server", "no valid mx", "smtp service is not available", "does not receive mail", "doesn't receive mail", "not receive any mail", "domain does not receive", "does not handle mail", "no mail service", "not configured to receive mail", "accept no mail", "not accept email", "not accept any mail", "never accepts mail"),
        // Google writes "DNS Error" over every failed look-up and leaves it at a code of class 4.
        new(BounceReason.Network, "dns error"),
        new(BounceReason.UnknownHost, "nxdomain", "domain name not found", "nonexistentdomain", "infodomainnonexistent", "non-existent domain", "nonexistent domain", "non existent domain", "no such domain") { Said = Vocabularies.SayNoDomain },
        new(BounceReason.Network,
            "malformed or unexpected name server reply", "dns query failed", "dns error", "hop count", "too many hops", "mail loop", "loops back to", "routing loop", "mail forwarding loop", "no route to host", "network is unreachable", "network unreachable", "host unreachable", "name server*timed out", "name service*try again", "dns*timeout", "temporary*dns", "host name lookup fail", "temporary lookup fail", "servfail", "mxloopback", "in a loop", "lookup failed temporarily", "smtp connect*socket error"),
        new(BounceReason.UnknownHost,
            "host unknown", "name or service not known", "unknown host", "host not found", "domain not found", "domain name not found", "host or domain name not found", "no such host", "no such domain", "unknown domain", "domain*does not exist", "domain*doesn't exist", "domain*not exist", "nxdomain", "invalid domain", "host*not found", "invalid host", "bad destination system", "couldn't find any host", "cannot find host", "can't find host", "domain*couldn't be found", "unrouteable mail domain", "illegal host", "unknown server", "domain*invalid", "all relevant mx records point to non-existent", "domain must resolve", "destination domain", "domain unknown", "lookups failed permanently", "domain name could not be resolved", "domain*could not be resolved", "domain*cannot be resolved", "couldn't resolve", "cannot resolve", "could not resolve", "unable to resolve", "no address associated with", "getaddrinfo", "nodename nor servname", "unresolvable", "no dns a-data", "no a or mx", "no mx or a", "domain*not found", "domain*unknown", "no dns record", "no a record"),
        new(BounceReason.Network, "dns lookup failure", "dns violates", "loops back", "routing error", "host lookup did not complete", "unable to route", "cannot route", "no route to"),
        new(BounceReason.Expired,
            "timed out", "timeout", "time out", "delivery time expired", "message expired", "retry time", "too long", "giving up", "could not deliver for", "not responding", "did not accept our requests", "connection refused", "not been able to connect", "could not connect", "couldn't connect", "unable to connect", "host not reachable", "not reachable", "lost connection", "connection dropped", "connection*closed", "connection was", "failed*attempts", "cannot send message for", "could not send message for", "delayed", "not delivered within", "not yet been delivered", "will be retried", "deferred", "find a gateway", "queue"),
        new(BounceReason.MailerError, "procmail", "mail.local", "x-unix", "pipe to |", "exit status", "local agent", "command died", "command failed", "command*output", "response template", "child process", "vacation program"),
        new(BounceReason.System,
            "system error", "internal error", "server error", "configuration error", "service unavailable", "service not available", "currently unavailable", "temporarily unavailable", "ldap", "local error", "i/o error", "read-only", "transaction failed", "try again", "try later", "not enough memory", "could not load", "resources", "duplicated message-id", "does not support", "temporary failure", "temporary error", "unable to open", "server unavailable", "database", "temporarily deferred", "temporarily"),
        new(BounceReason.Protocol, "syntax error", "command not", "parameter not implemented", "unrecognized command", "bad sequence", "need rcpt", "unexpected command", "unimplemented", "may not follow", "need mail before", "out of sequence", "invalid command"),
    ];
}
