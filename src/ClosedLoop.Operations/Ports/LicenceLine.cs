namespace ClosedLoop.Operations.Ports;

/// <summary>A package of somebody else that is part of the program.</summary>
/// <param name="Name">Its id.</param>
/// <param name="Version">Its version.</param>
/// <param name="Licence">SPDX expression of its licence.</param>
/// <param name="Copyright">Its copyright notice, where it has one.</param>
public sealed record LicenceLine(string Name, string Version, string Licence, string? Copyright);
