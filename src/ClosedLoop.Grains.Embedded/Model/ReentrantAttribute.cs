namespace ClosedLoop.Grains.Embedded;

/// <summary>All calls of the grain class may interleave at awaits.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReentrantAttribute : Attribute;
