namespace ClosedLoop.Model.Optimove;

/// <summary>A connector as people write it, in <c>optimove.json</c> or by the API: the definition and, when they change, its secrets.</summary>
public sealed record OptimoveFile
{
    public required OptimoveDefinition Connector { get; init; }

    /// <summary>Key of Optimove's API; null keeps the one that is stored.</summary>
    public string? ApiKey { get; init; }

    /// <summary>File with the key, beside the definition; for <c>apply</c>.</summary>
    public string? ApiKeyFile { get; init; }

    /// <summary>Password of <see cref="OptimoveDefinition.UserName"/>, in place of a key.</summary>
    public string? Password { get; init; }

    public string? PasswordFile { get; init; }

    /// <summary>Another key for attributes, which may need other rights (optimove spec section 2.2).</summary>
    public string? AttributeApiKey { get; init; }

    public string? AttributeApiKeyFile { get; init; }

    /// <summary>Token that signs engagement events.</summary>
    public string? EngagementToken { get; init; }

    public string? EngagementTokenFile { get; init; }
}
