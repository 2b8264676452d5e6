namespace ClosedLoop.Grains.Embedded;

/// <summary>The value is never changed after it was made, so that it need not be copied. A no-op here.</summary>
[AttributeUsage(AttributeTargets.Struct | AttributeTargets.Class | AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class ImmutableAttribute : Attribute;
