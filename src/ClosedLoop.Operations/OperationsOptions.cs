using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Ports;

namespace ClosedLoop.Operations;

/// <summary>What the operator side of the service has to know of its process.</summary>
public sealed record OperationsOptions
{
    /// <summary>Address of the operator listener: dashboard and API.</summary>
    public required string Listen { get; init; }

    /// <summary>Address of the public listener: tracking and what other systems call.</summary>
    public required string PublicListen { get; init; }

    /// <summary>Address by which browsers reach the operator listener where it is not <see cref="Listen"/>: that of a proxy with TLS, or a port of a container that is published on loopback only.</summary>
    public Uri? Address { get; init; }

    /// <summary>The first administrator; <c>null</c> when none is to be made.</summary>
    public FirstAdmin? FirstAdmin { get; init; }

    /// <summary>A proxy with TLS stands in front of the operator listener.</summary>
    public bool BehindTls { get; init; }

    /// <summary>The mode mail leaves in, as it stands on the badge: <c>SINK</c> or <c>LIVE</c>.</summary>
    public required string Mode { get; init; }

    /// <summary>Folder of keys that cookies are protected with.</summary>
    public required string KeysFolder { get; init; }

    /// <summary>Token of the command line on this machine, made at each start.</summary>
    public required string CommandLineToken { get; init; }

    /// <summary>Folder below which clients' folders lie.</summary>
    public required string DropFolder { get; init; }

    /// <summary>Folder that returned mail is kept in; the register names files below it.</summary>
    public string ReturnedFolder { get; init; } = "";

    /// <summary>Things at most in one bulk job: a page of progress and the audit stay readable.</summary>
    public int BulkMost { get; init; } = 10_000;

    /// <summary>How long a session lasts without a request.</summary>
    public TimeSpan SessionLength { get; init; } = TimeSpan.FromHours(8);

    /// <summary>Signing in with somebody else's accounts; <c>null</c> when that is not set up.</summary>
    public OpenIdOptions? OpenId { get; init; }

    /// <summary>Settings in force, with secrets left out.</summary>
    public IReadOnlyList<SettingLine> Settings { get; init; } = [];

    /// <summary>Packages of others that are part of the program.</summary>
    public IReadOnlyList<LicenceLine> Licences { get; init; } = [];

    /// <summary>Version of the program.</summary>
    public string Version { get; init; } = "0";
}
