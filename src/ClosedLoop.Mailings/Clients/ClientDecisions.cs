namespace ClosedLoop.Mailings.Clients;

/// <summary>Standing decisions about a client.</summary>
[GenerateSerializer, Alias("ClosedLoop.ClientDecisions")]
public sealed class ClientDecisions
{
    /// <summary>Why the folder is stopped; <c>null</c> while it runs.</summary>
    [Id(0)]
    public string? FolderStopped { get; set; }
}
