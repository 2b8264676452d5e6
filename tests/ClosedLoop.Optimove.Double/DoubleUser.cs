namespace ClosedLoop.Optimove.Double;

/// <summary>A user of the older login.</summary>
public sealed record DoubleUser(string Password, KeyRole Role = KeyRole.Admin);
