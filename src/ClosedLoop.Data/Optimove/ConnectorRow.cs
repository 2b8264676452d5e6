using ClosedLoop.Model.Optimove;

namespace ClosedLoop.Data.Optimove;

/// <summary>A connector as stored. Secrets are sealed; times in microseconds.</summary>
public sealed record ConnectorRow
{
    public required long ClientId { get; init; }

    /// <summary>Counts up whenever definition, secrets or app key change.</summary>
    public required int Version { get; init; }

    public required OptimoveDefinition Definition { get; init; }

    public byte[]? ApiKey { get; init; }

    public byte[]? AttributeApiKey { get; init; }

    public byte[]? EngagementToken { get; init; }

    public byte[]? Password { get; init; }

    /// <summary>The login that was last made, with what it was made by.</summary>
    public byte[]? Session { get; init; }

    public required byte[] AppKey { get; init; }

    public required ConnectorState State { get; init; }

    public string? Reason { get; init; }

    /// <summary>Since when it is in that state.</summary>
    public required long Since { get; init; }

    /// <summary>Version whose listeners have been registered; 0 for none.</summary>
    public required int RegisteredVersion { get; init; }

    /// <summary>Failed registrations in a row.</summary>
    public required int Attempts { get; init; }

    public required long NextTry { get; init; }

    /// <summary>When templates were last brought up to date.</summary>
    public required long SyncedAt { get; init; }

    /// <summary>Calls that the key may not make, comma between; null for none found so far.</summary>
    public string? Missing { get; init; }

    /// <summary>Takes events and sends updates.</summary>
    public bool IsActive => Definition.Active;
}
