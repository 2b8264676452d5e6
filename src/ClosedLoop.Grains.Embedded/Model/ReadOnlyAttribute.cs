namespace ClosedLoop.Grains.Embedded;

/// <summary>The call changes nothing: it may interleave with other read-only calls.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadOnlyAttribute : Attribute;
