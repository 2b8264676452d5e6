namespace ClosedLoop.Operations.Ports;

/// <summary>A key of the installation.</summary>
/// <param name="Name">Its file, or what it is called.</param>
/// <param name="Use">What it is for.</param>
/// <param name="State">What it does now, in words.</param>
/// <param name="Since">When it was made.</param>
public sealed record KeyLine(string Name, string Use, string State, DateTimeOffset Since);
