namespace ClosedLoop.Operations.Api;

/// <summary>One thing of the contract about a file's form: what was agreed, what the file has, whether that fits (missing before it was read).</summary>
internal sealed record ApiProfileLine(string Name, string Agreed, string Found, bool? Fits);
