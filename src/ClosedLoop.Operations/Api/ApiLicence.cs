namespace ClosedLoop.Operations.Api;

/// <summary>A package of somebody else that is part of the program: its licence as an SPDX expression.</summary>
internal sealed record ApiLicence(string Name, string Version, string Licence, string? Copyright);
