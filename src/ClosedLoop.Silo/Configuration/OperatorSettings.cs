namespace ClosedLoop.Silo.Configuration;

/// <summary>The operator listener: dashboard and API.</summary>
public sealed record OperatorSettings
{
    /// <summary>Address listened on, apart from the public one; loopback unless set otherwise.</summary>
    public string Listen { get; init; } = "http://127.0.0.1:8081";

    /// <summary>A proxy with TLS stands in front: cookies and addresses are made for https. Needed to listen beyond loopback without TLS.</summary>
    public bool BehindTls { get; init; }

    /// <summary>Address by which browsers reach the dashboard where it is not <see cref="Listen"/>: https for a proxy with TLS in front, http only for a port that is published on loopback (a container on this machine).</summary>
    public string? Address { get; init; }

    /// <summary>An administrator made at the start while there are no users.</summary>
    public FirstAdminSettings FirstAdmin { get; init; } = new();

    /// <summary>Hours a session lasts without a request.</summary>
    public double SessionHours { get; init; } = 8;

    /// <summary>Files, mailings or addresses at most in one bulk action.</summary>
    public int BulkLimit { get; init; } = 10_000;

    public OpenIdSettings OpenId { get; init; } = new();
}
