namespace ClosedLoop.Operations.Api;

/// <summary>Something that needs a person. Item names it for <c>/attention/acknowledge</c>; seen by and at are missing as long as nobody has said so.</summary>
internal sealed record ApiAttention(string Tone, string What, string Consequence, string Link, string? Command, DateTimeOffset Since, string Item, string? SeenBy, DateTimeOffset? SeenAt);
