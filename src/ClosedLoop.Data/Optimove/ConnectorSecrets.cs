namespace ClosedLoop.Data.Optimove;

/// <summary>Sealed secrets to be stored; null keeps what is there.</summary>
/// <param name="ApiKey">Key of Optimove's API.</param>
/// <param name="AttributeApiKey">Its key for attributes.</param>
/// <param name="EngagementToken">Token that signs engagement events.</param>
/// <param name="Password">Password of the user, where one logs in.</param>
public sealed record ConnectorSecrets(byte[]? ApiKey, byte[]? AttributeApiKey, byte[]? EngagementToken, byte[]? Password)
{
    public bool IsEmpty => this is { ApiKey: null, AttributeApiKey: null, EngagementToken: null, Password: null };
}
