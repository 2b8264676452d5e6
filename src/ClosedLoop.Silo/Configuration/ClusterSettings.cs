namespace ClosedLoop.Silo.Configuration;

/// <summary>How a silo finds and is found by the others; of use with Engine=Orleans only (decision 019).</summary>
public sealed record ClusterSettings
{
    /// <summary>Name under which grain states and reminders are kept; never changed once they are there.</summary>
    public string ServiceId { get; init; } = "closedloop";

    /// <summary>Silos of one name talk to each other.</summary>
    public string ClusterId { get; init; } = "closedloop";

    /// <summary>What this silo is called in logs and alarms; the machine's name unless set.</summary>
    public string? Name { get; init; }

    /// <summary>IP address, or a host name that has one, under which the other silos reach this one; loopback unless set.</summary>
    public string AdvertisedAddress { get; init; } = "127.0.0.1";

    /// <summary>Port for the other silos.</summary>
    public int SiloPort { get; init; } = 11111;

    /// <summary>Port for clients of the cluster; 0 opens none, since ClosedLoop has no such clients.</summary>
    public int GatewayPort { get; init; }

    /// <summary>Listens on every address of the machine instead of the advertised one: for containers whose address is translated.</summary>
    public bool ListenOnAny { get; init; }

    /// <summary>Seconds after which an unanswered probe of a silo counts as missed.</summary>
    public double ProbeSeconds { get; init; } = 2;

    /// <summary>Missed probes in a row after which a silo is suspected; who is suspected by enough others is declared dead.</summary>
    public int MissedProbes { get; init; } = 3;

    /// <summary>Seconds for which a duty or a part of a rate is given to a silo; renewed four times in it. A silo that stops without a word is followed by another after that time.</summary>
    public double LeaseSeconds { get; init; } = 8;

    /// <summary>Seconds between the request to stop and the stop, in which <c>/readyz</c> says that nothing new is wanted and everything still works.</summary>
    public double UnreadySeconds { get; init; }

    /// <summary>Whether this silo shows the dashboard of Orleans at <c>/operator/orleans</c>, behind the operator's token. It counts every call of a grain.</summary>
    public bool Dashboard { get; init; }

    /// <summary>Folder of the keys that sign links, the same for all silos; <c>keys</c> of the data folder unless set.</summary>
    public string? KeysFolder { get; init; }
}
