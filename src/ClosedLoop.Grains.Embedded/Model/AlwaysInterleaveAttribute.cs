namespace ClosedLoop.Grains.Embedded;

/// <summary>The call may start while any other call of the grain is between two turns.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AlwaysInterleaveAttribute : Attribute;
