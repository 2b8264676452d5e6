namespace ClosedLoop.Responses.Channels;

/// <summary>How the entries of receipts are reached.</summary>
public sealed record ChannelOptions
{
    /// <summary>Address of this service as the world sees it: signatures of webhooks are over whole addresses.</summary>
    public required Uri PublicBase { get; init; }
}
