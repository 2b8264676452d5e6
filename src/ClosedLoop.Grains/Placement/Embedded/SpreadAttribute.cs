namespace ClosedLoop.Grains.Placement;

/// <summary>Where several silos are, grains whose keys end in <c>/number</c> are spread over them evenly. The embedded engine has one.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SpreadAttribute : Attribute;
