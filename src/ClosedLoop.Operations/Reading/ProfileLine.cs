namespace ClosedLoop.Operations.Reading;

/// <summary>One thing of the contract about a file's form.</summary>
/// <param name="Agreed">What was agreed.</param>
/// <param name="Found">What the file has.</param>
/// <param name="Fits">Whether that is the same; <c>null</c> before it was read.</param>
public sealed record ProfileLine(string Agreed, string Found, bool? Fits);
