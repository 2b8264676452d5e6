namespace ClosedLoop.Operations.Api;

/// <summary>Something that needs a person.</summary>
internal sealed record ApiAttention(string Tone, string What, string Consequence, string Link, string? Command, DateTimeOffset Since);
