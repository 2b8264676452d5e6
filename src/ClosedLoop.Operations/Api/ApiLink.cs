namespace ClosedLoop.Operations.Api;

/// <summary>A link that signs in once, from this machine.</summary>
internal sealed record ApiLink(string Url);
